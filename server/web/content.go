package web

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Content is bytes to be served many times: its ETag and its br and gzip forms
// are made once, when first asked for. Safe for concurrent use; the bytes
// belong to it.
type Content struct {
	mediaType string
	etag      string
	plain     []byte

	brOnce, gzOnce sync.Once
	br, gz         []byte
}

// Too small to gain by compression.
const minCompressed = 512

// NewContent keeps body, which must not change any more. mediaType is the whole
// Content-Type.
func NewContent(mediaType string, body []byte) *Content {
	sum := sha256.Sum256(body)
	return &Content{mediaType: mediaType, etag: base64.RawURLEncoding.EncodeToString(sum[:12]), plain: body}
}

// Bytes are the plain bytes; read only.
func (ct *Content) Bytes() []byte { return ct.plain }

// Send answers with the content in the best form that the reader takes, or 304
// where he has it. cache is the Cache-Control.
func (ct *Content) Send(c *fiber.Ctx, cache string) error {
	body, encoding := ct.form(c.Get("Accept-Encoding"))
	// One tag a form: they are different bytes.
	etag := `"` + ct.etag + `"`
	if encoding != "" {
		etag = `"` + ct.etag + "-" + encoding + `"`
	}
	c.Set("ETag", etag)
	c.Set("Cache-Control", cache)
	c.Set("Vary", "Accept-Encoding")
	if matches(c.Get("If-None-Match"), etag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	if encoding != "" {
		c.Set("Content-Encoding", encoding)
	}
	c.Set("Content-Type", ct.mediaType)
	// The bytes are shared by all answers: SetBodyRaw does not copy or change them.
	c.Response().SetBodyRaw(body)
	return nil
}

func (ct *Content) form(accepted string) (body []byte, encoding string) {
	if len(ct.plain) < minCompressed || !isCompressible(ct.mediaType) {
		return ct.plain, ""
	}
	switch {
	case accepts(accepted, "br"):
		ct.brOnce.Do(func() {
			if ct.br == nil {
				ct.br = fasthttp.AppendBrotliBytesLevel(nil, ct.plain, 9)
			}
		})
		return ct.br, "br"
	case accepts(accepted, "gzip"):
		ct.gzOnce.Do(func() {
			if ct.gz == nil {
				ct.gz = fasthttp.AppendGzipBytesLevel(nil, ct.plain, fasthttp.CompressBestCompression)
			}
		})
		return ct.gz, "gzip"
	}
	return ct.plain, ""
}

func isCompressible(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/") || strings.Contains(mediaType, "json") ||
		strings.Contains(mediaType, "javascript") || strings.Contains(mediaType, "svg") || strings.Contains(mediaType, "yaml")
}

func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, param, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			q := strings.ReplaceAll(param, " ", "")
			return q != "q=0" && !strings.HasPrefix(q, "q=0.000")
		}
	}
	return false
}

func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		tag := strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if tag == etag || tag == "*" {
			return true
		}
	}
	return false
}
