/**
 * node to-bruno.cjs COLLECTION ENVIRONMENT FOLDER: a Postman collection as Bruno keeps it. By Bruno's own packages, found through NODE_PATH; `bru
 * import` takes no Postman collection, and its writer leaves out the settings of requests.
 */
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { postmanToBruno, postmanToBrunoEnvironment } = require('@usebruno/converters');
const filestore = require('@usebruno/filestore');

const FORMAT = { format: 'bru' };
const [collectionFile, environmentFile, folder] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const safe = (name) => name.replace(/[<>:"/\\|?*]/g, '-');

async function main() {
  const converted = await postmanToBruno(read(collectionFile));
  const { name, root = {}, items } = converted.collection ?? converted;
  const config = { version: '1', name, type: 'collection' };
  mkdirSync(path.join(folder, 'environments'), { recursive: true });
  writeFileSync(path.join(folder, 'bruno.json'), JSON.stringify(config));
  writeFileSync(path.join(folder, 'collection.bru'), await filestore.stringifyCollection(root, config, FORMAT));
  const environment = postmanToBrunoEnvironment(read(environmentFile));
  writeFileSync(
    path.join(folder, 'environments', 'sandbox.bru'),
    await filestore.stringifyEnvironment(environment, FORMAT),
  );
  await write(items, folder);
}

async function write(items, parent) {
  for (const [index, item] of items.entries()) {
    const place = path.join(parent, safe(item.name));
    const seq = index + 1;
    if (item.type !== 'folder') {
      writeFileSync(`${place}.bru`, await filestore.stringifyRequest({ ...item, seq }, FORMAT));
      continue;
    }
    mkdirSync(place);
    const root = { ...item.root, meta: { ...item.root?.meta, name: item.name, seq } };
    writeFileSync(path.join(place, 'folder.bru'), await filestore.stringifyFolder(root, FORMAT));
    await write(item.items, place);
  }
}

void main();
