// Turns schemas into OpenAPI form: every titled schema becomes a component and is referred to by name.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export class Components {
  private readonly schemas = new Map<string, Json>();

  /** The schema with its titled parts replaced by references. */
  refer(schema: unknown): Json {
    if (Array.isArray(schema)) return schema.map((element) => this.refer(element));
    if (typeof schema !== 'object' || schema === null) return schema as Json;
    const title = (schema as { title?: unknown }).title;
    return typeof title === 'string' ? this.named(title, schema) : this.members(schema);
  }

  /** In order of name, so that the document does not depend on the order of the operations. */
  all(): JsonObject {
    return Object.fromEntries([...this.schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private members(schema: object): JsonObject {
    return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, this.refer(value)]));
  }

  private named(title: string, schema: object): Json {
    const content = this.members(schema);
    const known = this.schemas.get(title);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(content)) {
      throw new Error(`two different schemas are called ${title}`);
    }
    this.schemas.set(title, content);
    return { $ref: `#/components/schemas/${title}` };
  }
}
