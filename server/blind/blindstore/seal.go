package blindstore

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// KeySize is how many secret bytes a store needs: 32 seal, 32 index.
const KeySize = 64

var errKey = errors.New("blindstore: the key must have 64 bytes")

// safe seals and opens what only coding judges know.
type safe struct {
	aead  cipher.AEAD
	index []byte
}

func newSafe(key []byte) (safe, error) {
	if len(key) != KeySize {
		return safe{}, errKey
	}
	block, err := aes.NewCipher(key[:32])
	if err != nil {
		return safe{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return safe{aead, append([]byte{}, key[32:]...)}, err
}

// place is where a secret belongs; the zero entry stands for the draw's seed. All
// its parts have one length, so that no two places read alike.
func place(d blind.Draw, entry contest.ID) []byte {
	return []byte(d.Event.String() + " " + string(d.Layer) + " " + entry.String() + " " + d.ID.String())
}

func (s safe) seal(at, plain []byte) []byte { return s.aead.Seal(nil, nil, plain, at) }

func (s safe) open(at, sealed []byte) ([]byte, error) {
	plain, err := s.aead.Open(nil, nil, sealed, at)
	if err != nil {
		return nil, fault.Wrap(fmt.Errorf("what was sealed at %s does not open: %w", at, err), fault.Internal, "blind.pair_damaged")
	}
	return plain, nil
}

// mark is the index of a label in a draw.
func (s safe) mark(draw contest.ID, label string) []byte {
	mac := hmac.New(sha256.New, s.index)
	mac.Write([]byte(draw.String() + " " + label))
	return mac.Sum(nil)
}
