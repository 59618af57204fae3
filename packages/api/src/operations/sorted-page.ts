import { Type } from 'typebox';
import { SortDirection } from '../schemas/index.js';
import { PAGE } from '../schemas/primitive.js';

export const SORTED_PAGE = { ...PAGE, sortDirection: Type.Optional(SortDirection) };
