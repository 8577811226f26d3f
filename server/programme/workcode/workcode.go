package workcode

import (
	"crypto/rand"
	"fmt"
	"math/big"
)

// Letters are the check letters of work codes: 23, since 23 is prime, and
// without I, O and Q, which hands write as 1 and 0.
const Letters = "ABCDEFGHJKLMNPRSTUVWXYZ"

// Codes is how many work codes an event can have.
const Codes = 1000

// Code writes a work code (评审号): three digits and the check letter that
// stands at (digits mod 23) in "ABCDEFGHJKLMNPRSTUVWXYZ". One wrong digit, two
// exchanged digits and a wrong letter are always noticed. n is 0 to 999.
func Code(n int) string {
	return fmt.Sprintf("%03d%c", n, Letters[n%len(Letters)])
}

// IsCode says that s is a code whose letter fits its digits.
func IsCode(s string) bool {
	if len(s) != 4 {
		return false
	}
	n := 0
	for _, c := range []byte(s[:3]) {
		if c < '0' || c > '9' {
			return false
		}
		n = n*10 + int(c-'0')
	}
	return s == Code(n)
}

// Shuffled are the numbers from 0 below n in an order that nobody can guess.
func Shuffled(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			panic(fmt.Sprintf("workcode: no randomness: %v", err)) // crypto/rand never fails on the systems we run on
		}
		k := int(j.Int64())
		list[i], list[k] = list[k], list[i]
	}
	return list
}
