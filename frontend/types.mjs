// Writes src/shared/api.d.ts from the contract, so that a page which misuses an address or a field does not compile.
import { existsSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const contract = new URL('../schemas/openapi.yaml', import.meta.url)
const target = new URL('./src/shared/api.d.ts', import.meta.url)

if (!existsSync(contract)) {
  console.error('types: ../schemas/openapi.yaml is missing; the types of the interface are made from it')
  process.exit(1)
}
const text = `// Made from schemas/openapi.yaml by \`npm run types\`; change the contract, not this file.\n\n${astToString(await openapiTS(contract))}`
writeFileSync(target, text)
