package printing

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts
var built embed.FS

const (
	fileRegular = "fonts/NotoSansSC_400Regular.ttf"
	fileBold    = "fonts/NotoSansSC_700Bold.ttf"
)

// rareFonts are tried in order for characters that the built-in font has not.
var rareFonts = []string{
	"/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
	"/usr/share/fonts/lxgw-wenkai/LXGWWenKai-Regular.ttf",
	"/usr/local/share/fonts/LXGWWenKai-Regular.ttf",
}

// Press (打印) sets documents. It is safe for concurrent use.
type Press struct {
	regular, bold face
	rare          []face
}

// Open takes the built-in fonts and those of the system, once for all: they are tens of
// megabytes, so whoever may never print asks when somebody does. ErrNoFonts when the
// program was built without them.
func Open() (*Press, error) { return shared() }

var shared = sync.OnceValues(func() (*Press, error) { return open(built, rareFonts) })

func open(fsys fs.FS, rare []string) (*Press, error) {
	p := &Press{}
	for _, f := range []struct {
		file string
		into *face
	}{{fileRegular, &p.regular}, {fileBold, &p.bold}} {
		raw, err := fs.ReadFile(fsys, f.file)
		if err != nil {
			return nil, ErrNoFonts
		}
		if *f.into, err = newFace(raw); err != nil {
			return nil, fmt.Errorf("read %s: %w", f.file, err)
		}
	}
	for _, path := range rare {
		raw, err := os.ReadFile(path)
		if err != nil {
			continue // a system without it has fewer characters, and says which when one is asked for
		}
		if f, err := newFace(raw); err == nil {
			p.rare = append(p.rare, f)
		}
	}
	return p, nil
}

// face is a font and its bytes.
type face struct {
	raw    []byte
	parsed *sfnt.Font
	em     fixed.Int26_6
}

func newFace(raw []byte) (face, error) {
	parsed, err := sfnt.Parse(raw)
	if err != nil {
		return face{}, err
	}
	return face{raw: raw, parsed: parsed, em: fixed.I(int(parsed.UnitsPerEm()))}, nil
}

// glyph is one character in one font.
type glyph struct {
	index   sfnt.GlyphIndex
	advance float64 // in ems
}

// find gives the font that has r, nil for the built-in one that the library can embed.
func (p *Press) find(r rune, bold bool) (*face, glyph, error) {
	main := &p.regular
	if bold {
		main = &p.bold
	}
	if g, ok := main.glyph(r); ok {
		if r > 0xFFFF {
			return main, g, nil
		}
		return nil, g, nil
	}
	for i := range p.rare {
		if g, ok := p.rare[i].glyph(r); ok {
			return &p.rare[i], g, nil
		}
	}
	return nil, glyph{}, &MissingGlyph{Rune: r}
}

func (f *face) glyph(r rune) (glyph, bool) {
	var buf sfnt.Buffer
	index, err := f.parsed.GlyphIndex(&buf, r)
	if err != nil || index == 0 {
		return glyph{}, false
	}
	advance, err := f.parsed.GlyphAdvance(&buf, index, f.em, font.HintingNone)
	if err != nil {
		return glyph{}, false
	}
	return glyph{index: index, advance: float64(advance) / float64(f.em)}, true
}

// outline is the glyph's shape in ems, y downwards.
func (f *face) outline(index sfnt.GlyphIndex) (sfnt.Segments, error) {
	var buf sfnt.Buffer
	return f.parsed.LoadGlyph(&buf, index, f.em, nil)
}
