package frontend

import "embed"

// FS holds the built pages under dist/; see the package comment for its layout. Without a build it holds only the
// marker file, so that the Go program compiles on a machine that never ran Node.
//
//go:embed all:dist
var FS embed.FS
