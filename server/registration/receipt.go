package registration

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Receipt is what a person takes away from the public form: the number names the
// application, the secret opens it. The secret is shown once.
type Receipt struct {
	Number string
	Secret string
}

// letters have no I, L, O, U: read aloud and typed again.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	numberLength = 12 // 60 bits of chance: no order, nothing to count through
	secretLength = 24 // 120 bits
)

func chance(n int) string {
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // never fails, says its doc
	for i, b := range raw {
		raw[i] = letters[b%32]
	}
	return string(raw)
}

func newReceipt() Receipt { return Receipt{Number: chance(numberLength), Secret: chance(secretLength)} }

// typed is a number or secret as people type it: in groups, small, with O for 0.
func typed(s string) string {
	return strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(strings.TrimSpace(s)))
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

func receiptMissing() error { return fault.New(fault.Missing, "registration.receipt_missing") }

// opened runs use on the application of a receipt, locked, inside a transaction.
// A number that nobody has and a wrong secret are one answer, and ten of them are
// enough for an address.
func (d *Desk) opened(ctx context.Context, from string, given Receipt, use func(ctx context.Context, r Registration) error) error {
	back, err := d.lookups.take("address "+addressKey(from), d.Now())
	if err != nil {
		return err
	}
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		found, err := d.Store.FindReceipt(ctx, typed(given.Number))
		secret := found.Secret
		if fault.Code(err) == "registration.missing" || err == nil && len(secret) == 0 {
			secret = make([]byte, sha256.Size) // compared all the same
			found.ID = contest.ID{}
		} else if err != nil {
			return err
		}
		if subtle.ConstantTimeCompare(secret, hashOf(typed(given.Secret))) != 1 || found.ID.IsZero() {
			return receiptMissing()
		}
		r, err := d.Store.LockRegistration(ctx, found.ID)
		if err != nil {
			return err
		}
		return use(ctx, r)
	})
	if code := fault.Code(err); code != "registration.receipt_missing" && code != "registration.duplicate" {
		back()
	}
	return err
}
