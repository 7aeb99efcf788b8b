// Holds answers of the API against the schemas that /api/openapi.json gives for them.
import Ajv from "ajv/dist/2020.js";

// What is wrong with an answer, in lines; a route that gives JSON without a schema is wrong, too.
export function schemas(openapi) {
	const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
	const matches = Object.keys(openapi.paths).map((path) => [new RegExp(`^${path.replace(/\{[a-z_]+\}/g, "[^/]+")}$`), path]);
	return (method, path, status, json) => {
		const found = matches.find(([pattern]) => pattern.test(path.split("?")[0]));
		if (!found) return [`${path} is not described`];
		const of = openapi.paths[found[1]][method.toLowerCase()].responses[status];
		const schema = of && of["$ref"] ? openapi.components.schemas.refused : of && of.content["application/json"].schema;
		if (!schema) return [`${method} ${found[1]} ${status} has no schema`];
		return ajv.validate(schema, json) ? [] : ajv.errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
	};
}
