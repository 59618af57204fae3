export * from './errors.js';
export * from './limits.js';
export { type OpenApiOptions, openApiDocument } from './openapi/document.js';
export * from './operations/index.js';
export * from './schemas/index.js';
export * from './signing/index.js';
export * from './streams/index.js';
export * from './validation.js';
