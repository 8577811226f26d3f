package web

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"jiangtai/schemas"
)

type title struct{ Zh, En string }

var catalogue = sync.OnceValue(func() map[string]title {
	raw, err := schemas.Files.ReadFile("errors.json")
	if err != nil {
		panic(fmt.Sprintf("web: catalogue of errors: %v", err))
	}
	var all map[string]title
	if err := json.Unmarshal(raw, &all); err != nil {
		panic(fmt.Sprintf("web: catalogue of errors: %v", err))
	}
	return all
})

// Title is what a code means, in "zh-CN" or "en". A code that the catalogue
// lacks reads like server.internal; a test holds the catalogue against the code.
func Title(code, language string) string {
	t, ok := catalogue()[code]
	if !ok {
		t = catalogue()["server.internal"]
	}
	if language == "en" {
		return t.En
	}
	return t.Zh
}

// Language is "en" where the reader prefers English to Chinese, else "zh-CN".
func Language(c *fiber.Ctx) string { return languageOf(c.Get(fiber.HeaderAcceptLanguage)) }

func languageOf(accept string) string {
	best, bestQ := "zh-CN", 0.0
	for part := range strings.SplitSeq(accept, ",") {
		tag, param, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(param), "q="); ok {
			q, _ = strconv.ParseFloat(v, 64)
		}
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if q > bestQ && (primary == "zh" || primary == "en") {
			best, bestQ = map[string]string{"zh": "zh-CN", "en": "en"}[primary], q
		}
	}
	return best
}
