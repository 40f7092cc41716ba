import { z } from 'zod';
import { type Route, routes } from '../../contract/routes.ts';
import { failureSchema } from '../../contract/wire.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the route objects. */
export function openApi(): Json {
  const paths: Record<string, Json> = {};
  for (const [key, route] of Object.entries(routes) as [string, Route][]) {
    const [method, path] = key.split(' ') as [string, string];
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Samrum', version: '1' },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'samrum_session' },
        node: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Failure: schemaOf(failureSchema, 'output') },
    },
    paths,
  };
}

function operation(route: Route): Json {
  const access = route.access ?? 'session';
  return {
    summary: route.summary,
    security: access === 'public' ? [] : [{ [access]: [] }],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body ? { requestBody: { required: true, content: route.bytes === 'in' ? jpeg : json(schemaOf(route.body, 'input')) } } : {}),
    responses: {
      200: {
        description: 'Done',
        content:
          route.bytes === 'out'
            ? jpeg
            : json({
                type: 'object',
                required: ['ok', 'data'],
                properties: { ok: { const: true }, data: schemaOf(route.reply, 'output') },
              }),
      },
      default: { description: 'Refused', content: json({ $ref: '#/components/schemas/Failure' }) },
    },
  };
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties } = schemaOf(schema, 'input') as { properties?: Record<string, Json> };
  return Object.entries(properties ?? {}).map(([name, property]) => ({ name, in: where, required: where === 'path', schema: property }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

const jpeg: Json = { 'image/jpeg': { schema: { type: 'string', format: 'binary' } } };
const json = (schema: Json): Json => ({ 'application/json': { schema } });
