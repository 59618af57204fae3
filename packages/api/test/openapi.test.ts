import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, openApiDocument, operationOf } from '../src/index.js';

const OPTIONS = { version: '1.2.3', serverUrl: 'http://127.0.0.1:8080' };

function textOf(document: unknown): string {
  return JSON.stringify(document);
}

describe('the OpenAPI document', () => {
  const document = openApiDocument(OPTIONS);

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(textOf(document)));
    expect(result).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('has every operation at its path', () => {
    const paths = document['paths'] as Record<string, Record<string, { operationId: string }>>;
    for (const name of OPERATION_NAMES) {
      const { path, method } = operationOf(name);
      expect(paths[path]?.[method.toLowerCase()]?.operationId).toBe(name);
    }
  });

  it('refers to components that exist, each used', () => {
    const components = document['components'] as { schemas: Record<string, unknown> };
    const references = new Set(
      [...textOf(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]),
    );
    expect([...references].sort()).toEqual(Object.keys(components.schemas));
  });

  it('tells how each signed operation is signed', () => {
    const paths = document['paths'] as Record<string, Record<string, object>>;
    expect(paths['/api/v1/order']?.['delete']).toMatchObject({
      'x-instruction': 'orderCancel',
      security: [{ apiKey: [], timestamp: [], signature: [] }],
    });
    expect(paths['/api/v1/depth']?.['get']).not.toHaveProperty('security');
  });

  it.each([
    ['/api/v1/order', 'post', true],
    ['/glass/v1/account/backstop', 'delete', true],
    ['/glass/v1/keys', 'post', false],
    ['/glass/v1/prices', 'post', false],
    ['/api/v1/orders', 'get', false],
  ])('says of %s %s whether it is refused while the account is being liquidated: %s', (path, method, refused) => {
    const paths = document['paths'] as Record<string, Record<string, object>>;
    expect(textOf(paths[path]?.[method]).includes('ACCOUNT_LIQUIDATING')).toBe(refused);
  });

  it('is the same every time', () => {
    expect(textOf(openApiDocument(OPTIONS))).toBe(textOf(document));
  });
});
