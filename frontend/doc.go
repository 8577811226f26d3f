// Package frontend carries the built pages of the four areas (评分 tablet, 榜 board, 大屏 screen, 控制台 console)
// inside the program, so that one file is the whole server.
//
// Layout of [FS] after `make build`:
//
//	dist/field/index.html      the board, served at /
//	dist/field/tablet.html     the tablet, served at /tablet
//	dist/field/screen.html     the screen, served at /screen
//	dist/field/tablet-sw.js    the tablet's service worker, served at /tablet-sw.js
//	dist/field/*               small files with stable names (icon, web manifest), served at /
//	dist/field/assets/*        hashed files, served at /assets/, cacheable for ever
//	dist/console/index.html    the console, served at /console and for every path below it
//	dist/console/assets/*      hashed files, served at /console/assets/, cacheable for ever
//
// It imports nothing of ours and knows nothing of HTTP: the web room serves it.
//
// Decisions:
//   - Three builds: board; tablet and screen; console. In one the board would pay for pieces that only the others
//     use, the component library's and those of Vue itself. The board's files lie beside the tablet's in dist/field.
//   - pack.mjs lays the br and gzip forms of each file beside it, x.js.br beside x.js: the best compression takes a
//     hundred times as long as what a server can do while somebody waits.
//   - budget.mjs holds what each page loads before it can be used to its limit and fails the build above it.
//   - dist/.gitkeep is committed and `go:embed all:dist` takes it in, so that `go build ./...` and the Go tests of
//     other rooms need no Node; a page that was not built is the web room's 404, not a failure to compile.
package frontend
