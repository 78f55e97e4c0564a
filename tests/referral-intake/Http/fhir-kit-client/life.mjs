// node life.mjs BASE TOKEN < transaction-bundle.json: creates, reads, searches, updates and reads the history of one referral.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Client } from 'fhir-kit-client';

const [baseUrl, bearerToken] = process.argv.slice(2);
const client = new Client({ baseUrl, bearerToken });
const bundle = JSON.parse(readFileSync(0, 'utf8'));
const identifier = bundle.entry[0].resource.identifier[0];

const capabilities = await client.capabilityStatement();
assert.equal(capabilities.fhirVersion, '4.0.1');

const taken = await client.transaction({ body: bundle });
const id = taken.entry[0].response.location.split('/')[1];

const request = await client.read({ resourceType: 'ServiceRequest', id });
assert.equal(request.status, 'active');

const found = await client.search({ resourceType: 'ServiceRequest', searchParams: { identifier: `${identifier.system}|${identifier.value}` } });
assert.deepEqual(found.entry.map((e) => e.resource.id), [id]);

const tasks = await client.search({ resourceType: 'Task', searchParams: { focus: `ServiceRequest/${id}` } });
assert.equal(tasks.entry[0].resource.focus.reference, `ServiceRequest/${id}`);

const revoked = await client.update({
  resourceType: 'ServiceRequest', id, body: { ...request, status: 'revoked' }, options: { headers: { 'If-Match': `W/"${request.meta.versionId}"` } },
});
assert.equal(revoked.status, 'revoked');

const history = await client.history({ resourceType: 'ServiceRequest', id });
assert.equal(history.entry.length, 2);
console.log('seen');
