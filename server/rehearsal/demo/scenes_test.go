package demo

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"testing"

	"jiangtai/server/rehearsal/city"
)

// Each trade with the full chain stands at a step of its own, and a small city has
// all of the scenes.
func TestEveryTradeOfTheFullChainHasItsScene(t *testing.T) {
	trades, err := city.Trades()
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]int{}
	for i, trade := range trades {
		places[trade.Code] = i
		if _, is := scenes[trade.Code]; trade.Chain == "full" && !is {
			t.Errorf("%s has the full chain and no scene: nobody would go its way", trade.Code)
		}
	}
	for code := range scenes {
		if i, is := places[code]; !is || i >= 12 {
			t.Errorf("scene %s is not among the first twelve trades", code)
		}
	}
	if i := places["cnc-milling"]; trades[i].Depth != "paper" {
		t.Errorf("%s is on %s", trades[i].Code, trades[i].Depth)
	}
}

// printed is a PDF with streams as they are.
func printed(streams ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.3\n")
	for _, s := range streams {
		var body bytes.Buffer
		z := zlib.NewWriter(&body)
		_, _ = z.Write([]byte(s))
		_ = z.Close()
		fmt.Fprintf(&out, "1 0 obj\n<<>>\nstream\n%s\nendstream\nendobj\n", body.Bytes())
	}
	return out.Bytes()
}

func TestAScanShowsWhatWasPrintedAndASignature(t *testing.T) {
	const font, page = "not a page", "0 g\n72.00 770.00 36.00 -36.00 re f\nBT /F1 10.00 Tf ET\nBT 200.00 400.00 Td (abcdefgh) Tj ET\n"
	scan, err := scanOf(printed(font, page), rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(scan))
	if err != nil {
		t.Fatal(err)
	}
	ink := func(x, y int) int {
		return int(picture.(*image.Paletted).ColorIndexAt(x*dots/point, down-y*dots/point))
	}
	for _, at := range []struct{ x, y, want int }{{73, 769, blackInk}, {107, 735, blackInk}, {71, 769, paperInk}, {110, 735, paperInk}, {210, 403, letterInk}, {240, 403, paperInk}} {
		if got := ink(at.x, at.y); got != at.want {
			t.Errorf("at %d,%d: %d, want %d", at.x, at.y, got, at.want)
		}
	}
	signed := 0
	for _, i := range picture.(*image.Paletted).Pix {
		if i == penInk {
			signed++
		}
	}
	if signed < 1000 {
		t.Errorf("%d dots of signatures", signed)
	}
	if _, err := scanOf(printed(font), rand.New(rand.NewPCG(1, 1))); err == nil {
		t.Error("a paper without a page was scanned")
	}
}
