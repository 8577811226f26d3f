// Package schemas holds the contracts: migrations, the OpenAPI document, the
// JSON Schemas and the catalogue of errors. This file is its only Go; the rest
// of the program and the front end read the same files.
package schemas

import "embed"

// Migrations are the forward-only migrations, in the folder migrations.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// Files are the documents: openapi.yaml, errors.json, scheme.json, …
//
//go:embed *.yaml *.json
var Files embed.FS

// Frames are the JSON Schemas of what goes over the live feed, in the folder
// frames.
//
//go:embed frames/*.json
var Frames embed.FS

// Honours are the honour rules, campaign sequences and working calendars, with
// their JSON Schemas (schema-*.json), in the folder honours.
//
//go:embed honours/*.json
var Honours embed.FS

// Trades are the catalogue of trades (trades.json) and the templates of marking
// schemes that it names, in the folder trades.
//
//go:embed trades/*.json
var Trades embed.FS
