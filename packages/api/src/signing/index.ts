export * from './headers.js';
export { parametersOf, parameterText, UnwritableParameter } from './parameter-text.js';
export * from './signed-body.js';
export * from './signed-query.js';
export * from './signing-text.js';
export * from './unsignable.js';
