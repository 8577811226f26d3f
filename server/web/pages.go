package web

import (
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// mountPages reads the built front end once. Names with a hash (below assets/)
// are kept for ever by browsers; pages, the service worker and files with
// stable names are asked for again each time. Without a build the pages are 404.
func (b *base) mountPages(app *fiber.App) {
	if b.cfg.Pages == nil {
		return
	}
	field := readTree(b.cfg.Pages, "dist/field")
	console := readTree(b.cfg.Pages, "dist/console")
	b.serve(app, "/", field["index.html"]).Name("web.board")
	b.serve(app, "/tablet", field["tablet.html"]).Name("web.tablet")
	b.serve(app, "/tablet/check", field["tablet.html"]).Name("web.tablet_check")
	b.serve(app, "/screen", field["screen.html"]).Name("web.screen")
	b.serve(app, "/notices", field["notices.html"]).Name("web.notices")
	b.serve(app, "/register", field["register.html"]).Name("web.register")
	b.serveFolder(app, "/", field).Name("web.assets")
	b.serveFolder(app, "/console/", console).Name("web.console_assets")
	b.serve(app, "/console", console["index.html"]).Name("web.console")
	app.Get("/console/*", page(console["index.html"])).Name("web.console_pages")
	for name, ct := range field {
		if !strings.Contains(name, "/") && !strings.HasSuffix(name, ".html") {
			b.serve(app, "/"+name, ct).Name("web.file")
		}
	}
}

// serve puts content up under one path, before the framework and behind it.
func (b *base) serve(app *fiber.App, path string, ct *Content) fiber.Router {
	if ct != nil {
		b.pages[path] = reply{ct, b.metrics.see(path)}
	}
	return app.Get(path, page(ct))
}

// serveFolder puts a tree's assets up, which keep their names as long as their bytes.
func (b *base) serveFolder(app *fiber.App, root string, tree map[string]*Content) fiber.Router {
	path := root + assets + "*"
	seen := b.metrics.see(path)
	for name, ct := range tree {
		if strings.HasPrefix(name, assets) {
			b.pages[root+name] = reply{ct, seen}
		}
	}
	return app.Get(path, func(c *fiber.Ctx) error { return page(tree[assets+c.Params("*")])(c) })
}

func page(ct *Content) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if ct == nil {
			return fiber.ErrNotFound
		}
		return ct.Send(c)
	}
}

// assets is the folder in which a name holds a hash of its file.
const assets = "assets/"

// readTree takes the files below root, with the .br and .gz that a build laid
// beside them. Hidden files and folders are the build's own.
func readTree(pages fs.FS, root string) map[string]*Content {
	raw := map[string][]byte{}
	_ = fs.WalkDir(pages, root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // not built: no pages
		case strings.HasPrefix(d.Name(), ".") && p != root && d.IsDir():
			return fs.SkipDir
		case d.IsDir() || strings.HasPrefix(d.Name(), "."):
			return nil
		}
		body, err := fs.ReadFile(pages, p)
		if err == nil {
			raw[strings.TrimPrefix(p, root+"/")] = body
		}
		return nil
	})
	tree := map[string]*Content{}
	for name, body := range raw {
		if ext := path.Ext(name); (ext == ".br" || ext == ".gz") && raw[strings.TrimSuffix(name, ext)] != nil {
			continue
		}
		cache := CacheAsk
		if strings.HasPrefix(name, assets) {
			cache = CacheForever
		}
		ct := NewContent(typeOf(name), cache, body)
		ct.packed(brotlied, raw[name+".br"])
		ct.packed(gzipped, raw[name+".gz"])
		tree[name] = ct
	}
	return tree
}

// typeOf does not ask the machine's tables, which differ.
func typeOf(name string) string {
	known := map[string]string{
		".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
		".svg": "image/svg+xml", ".json": "application/json", ".webmanifest": "application/manifest+json",
		".woff2": "font/woff2", ".png": "image/png", ".ico": "image/x-icon", ".wasm": "application/wasm", ".txt": "text/plain; charset=utf-8",
	}
	ext := path.Ext(name)
	if t, ok := known[ext]; ok {
		return t
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}
