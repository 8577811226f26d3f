package secret

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiangtai/server/fault"
)

const (
	minPassword = 10
	// maxPassword bounds the work of hashing, not the strength.
	maxPassword = 128
	// minDistinct refuses aaaaaaaaaa and 1212121212.
	minDistinct = 5
	// minBesideUser is what must remain of a password without the user name.
	minBesideUser = 6
)

//go:embed passwords.txt
var commonText string

// common are widely used passwords of at least minPassword characters without
// digits and signs at their ends, lower case.
var common = strings.Fields(commonText)

// CheckPassword gives every rule that the password of the user breaks, at the
// path; none when it may be used.
func CheckPassword(path, password, user string) []fault.Field {
	var fields []fault.Field
	add := func(code string) { fields = append(fields, fault.At(path, code, "")) }
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		add("identity.password_form")
	case n < minPassword:
		add("identity.password_short")
	case n > maxPassword:
		add("identity.password_long")
	}
	low := strings.ToLower(password)
	if user != "" && strings.Contains(low, user) &&
		utf8.RuneCountInString(strings.ReplaceAll(low, user, "")) < minBesideUser {
		add("identity.password_user")
	}
	if n >= minPassword && tooCommon(low) {
		add("identity.password_common")
	}
	return fields
}

func tooCommon(low string) bool {
	seen := map[rune]bool{}
	for _, r := range low {
		seen[r] = true
	}
	if len(seen) < minDistinct || slices.Contains(common, low) {
		return true
	}
	// password123! is password: what is put at the ends of a common word is
	// the first thing that guessing programs try.
	core := strings.TrimFunc(low, func(r rune) bool { return !unicode.IsLetter(r) })
	return core != "" && slices.Contains(common, core)
}
