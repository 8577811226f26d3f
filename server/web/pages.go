package web

import (
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

const (
	cacheForever = "public, max-age=31536000, immutable"
	cacheAsk     = "no-cache"
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
	page := func(ct *Content) fiber.Handler {
		return func(c *fiber.Ctx) error {
			if ct == nil {
				return fiber.ErrNotFound
			}
			return ct.Send(c, cacheAsk)
		}
	}
	app.Get("/", page(field["index.html"])).Name("web.board")
	app.Get("/tablet", page(field["tablet.html"])).Name("web.tablet")
	app.Get("/tablet/check", page(field["tablet.html"])).Name("web.tablet_check")
	app.Get("/screen", page(field["screen.html"])).Name("web.screen")
	app.Get("/notices", page(field["notices.html"])).Name("web.notices")
	app.Get("/register", page(field["register.html"])).Name("web.register")
	app.Get("/assets/*", file(field, "assets/")).Name("web.assets")
	app.Get("/console/assets/*", file(console, "assets/")).Name("web.console_assets")
	app.Get("/console", page(console["index.html"])).Name("web.console")
	app.Get("/console/*", page(console["index.html"])).Name("web.console_pages")
	for name, ct := range field {
		if !strings.Contains(name, "/") && !strings.HasSuffix(name, ".html") {
			app.Get("/"+name, page(ct)).Name("web.file")
		}
	}
}

func file(tree map[string]*Content, folder string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ct, ok := tree[folder+c.Params("*")]
		if !ok {
			return fiber.ErrNotFound
		}
		return ct.Send(c, cacheForever)
	}
}

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
		ct := NewContent(typeOf(name), body)
		ct.br, ct.gz = raw[name+".br"], raw[name+".gz"]
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
