/** Items as they come, `size` at a time; the last group may be smaller. */
export function* inGroups<Item>(items: Iterable<Item>, size: number): Iterable<readonly Item[]> {
  let group: Item[] = [];
  for (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
