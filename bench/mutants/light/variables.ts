/** Variables as Newman keeps them: those of the environment come before those of the collection. */
export class Variables {
  private readonly environment: Map<string, string>;
  private readonly collection = new Map<string, string>();

  constructor(environment: Readonly<Record<string, string>>) {
    this.environment = new Map(Object.entries(environment));
  }

  get(name: string): string | undefined {
    return this.environment.get(name) ?? this.collection.get(name);
  }

  /** The template with every `{{variable}}` filled in, those inside values too; unknown ones stay as they are. */
  replaceIn(template: string): string {
    let text = template;
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      const next = text.replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) => this.get(name) ?? whole);
      if (next === text) break;
      text = next;
    }
    return text;
  }

  /** As `pm.environment` or `pm.collectionVariables`. */
  scope(name: 'environment' | 'collection'): {
    get: (key: string) => string | undefined;
    set: (key: string, value: string) => void;
  } {
    const values = this[name];
    return { get: (key) => values.get(key), set: (key, value) => void values.set(key, value) };
  }
}

/** As postman-collection's. */
const MAX_DEPTH = 19;
