package workcode_test

import (
	"strings"
	"testing"

	"jiangtai/server/programme/workcode"
)

// Every slip of a hand is noticed: a wrong digit, two exchanged, a wrong letter.
func TestWorkCodes(t *testing.T) {
	for n := range workcode.Codes {
		code := workcode.Code(n)
		if !workcode.IsCode(code) {
			t.Fatalf("%s is refused", code)
		}
		for i := range 3 {
			for d := byte('0'); d <= '9'; d++ {
				slip := code[:i] + string(d) + code[i+1:]
				if slip != code && workcode.IsCode(slip) {
					t.Fatalf("%s for %s goes unnoticed", slip, code)
				}
			}
			for j := range i {
				b := []byte(code)
				b[i], b[j] = b[j], b[i]
				if string(b) != code && workcode.IsCode(string(b)) {
					t.Fatalf("%s for %s goes unnoticed", b, code)
				}
			}
		}
		for _, letter := range workcode.Letters {
			slip := code[:3] + string(letter)
			if slip != code && workcode.IsCode(slip) {
				t.Fatalf("%s for %s goes unnoticed", slip, code)
			}
		}
	}
	for _, s := range []string{"", "41D", "417", "4170D", "417d", "41７D", "A17D", "-17D", "417I", "417O", "417Q"} {
		if workcode.IsCode(s) {
			t.Errorf("%q is taken for a code", s)
		}
	}
	if workcode.Code(417) != "417D" || workcode.Code(0) != "000A" || workcode.Code(22) != "022Z" || strings.ContainsAny(workcode.Letters, "IOQ") {
		t.Error("the letters are not those of docs/package.md")
	}
}
