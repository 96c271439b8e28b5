"""One file after the other in pieces of 4096 bytes, unchecked, as the tutorial's script does: tutorial-client.py FOLDER LIST"""

import json
import sys

import requests

folder, listed = sys.argv[1:]
with open(listed) as lines:
    files = json.load(lines)
for file in files:
    with requests.get(file["url"], stream=True) as answer, open(f"{folder}/{file['name']}", "wb") as out:
        answer.raise_for_status()
        for piece in answer.iter_content(chunk_size=4096):
            out.write(piece)
