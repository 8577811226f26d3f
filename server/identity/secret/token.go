package secret

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
)

// Hash is what is stored of a token, a code or a link.
type Hash [sha256.Size]byte

// tokenLength is 256 bits in unpadded base64.
const tokenLength = 43

// NewToken makes a session's or link's token and the hash to store.
func NewToken() (string, Hash, error) {
	var b [32]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", Hash{}, fmt.Errorf("random for a token: %w", err)
	}
	token := base64.RawURLEncoding.EncodeToString(b[:])
	return token, sha256.Sum256([]byte(token)), nil
}

// HashToken gives the hash to look for; ok is false for what is no token.
func HashToken(token string) (h Hash, ok bool) {
	if len(token) != tokenLength {
		return Hash{}, false
	}
	return sha256.Sum256([]byte(token)), true
}

// letters are Crockford's without 0 and 1: nothing on a printed sheet can be
// read as another sign, and nothing spells a word.
const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

const codeLength = 8

// randomLetters draws n letters, each equally likely.
func randomLetters(n int) (string, error) {
	const fair = 256 - 256%len(letters)
	out := make([]byte, 0, n)
	var b [32]byte
	for len(out) < n {
		if _, err := rand.Read(b[:]); err != nil {
			return "", fmt.Errorf("random for a code: %w", err)
		}
		for _, c := range b {
			if int(c) < fair && len(out) < n {
				out = append(out, letters[int(c)%len(letters)])
			}
		}
	}
	return string(out), nil
}

// NewCode makes a pairing code as it is printed: K7QM-2XWD.
func NewCode() (string, error) {
	s, err := randomLetters(codeLength)
	if err != nil {
		return "", err
	}
	return s[:4] + "-" + s[4:], nil
}

// ReadCode takes a code as a hurried judge types it.
func ReadCode(typed string) (string, bool) {
	s := strings.ToUpper(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\u3000' || r == '－' || r == '–' {
			return -1
		}
		return r
	}, typed))
	if len(s) != codeLength {
		return "", false
	}
	for _, r := range s {
		if !strings.ContainsRune(letters, r) {
			return "", false
		}
	}
	return s[:4] + "-" + s[4:], true
}

// HashCode is keyed: 39 bits can be tried out by who holds the database alone.
func HashCode(key []byte, code string) Hash {
	m := hmac.New(sha256.New, key)
	m.Write([]byte("pairing code\x00" + code))
	return Hash(m.Sum(nil))
}

// NewPassword makes a password for one sign-in: 78 bits, easy to read aloud.
func NewPassword() (string, error) {
	s, err := randomLetters(16)
	if err != nil {
		return "", err
	}
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:], nil
}
