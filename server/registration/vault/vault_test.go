package vault_test

import (
	"bytes"
	"testing"

	"jiangtai/server/registration/vault"
)

var number = []byte("11010519491231002X")

func open(t *testing.T, key []byte) *vault.Vault {
	t.Helper()
	v, err := vault.New(key)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSealedFieldsOpenWhereTheyBelong(t *testing.T) {
	v := open(t, vault.NewKey())
	home := vault.Place{Table: "persons", Row: "1", Column: "id_number"}
	sealed := v.Seal(home, number)
	if bytes.Contains(sealed, number[:6]) || bytes.Equal(sealed, v.Seal(home, number)) {
		t.Error("the seal shows what is in it")
	}
	if got, err := v.Open(home, sealed); err != nil || !bytes.Equal(got, number) {
		t.Error(got, err)
	}
	for _, other := range []vault.Place{
		{"persons", "2", "id_number"},
		{"persons", "1", "phone"},
		{"registrations", "1", "id_number"},
		{"persons1", "", "id_number"},
		{"person", "s1", "id_number"},
	} {
		if _, err := v.Open(other, sealed); err == nil {
			t.Errorf("it opens at %v", other)
		}
	}
	if _, err := open(t, vault.NewKey()).Open(home, sealed); err == nil {
		t.Error("it opens with another key")
	}
}

func TestEveryChangedBitKeepsItShut(t *testing.T) {
	v := open(t, vault.NewKey())
	home := vault.Place{Table: "persons", Row: "1", Column: "id_number"}
	sealed := v.Seal(home, number)
	for bit := range len(sealed) * 8 {
		changed := bytes.Clone(sealed)
		changed[bit/8] ^= 1 << (bit % 8)
		if _, err := v.Open(home, changed); err == nil {
			t.Errorf("it opens with bit %d changed", bit)
		}
	}
	for n := range sealed {
		if _, err := v.Open(home, sealed[:n]); err == nil {
			t.Errorf("%d bytes of it open", n)
		}
	}
}

func TestBlindIndex(t *testing.T) {
	key := vault.NewKey()
	v, same, other := open(t, key), open(t, key), open(t, vault.NewKey())
	blind := v.Blind("id", string(number))
	if !bytes.Equal(blind, same.Blind("id", string(number))) {
		t.Error("after a restart it is another")
	}
	for name, got := range map[string][]byte{
		"another key": other.Blind("id", string(number)), "another kind": v.Blind("phone", string(number)), "another cut": v.Blind("i", "d"+string(number)),
	} {
		if bytes.Equal(blind, got) {
			t.Errorf("%s gives the same index", name)
		}
	}
	if _, err := vault.New(key[:63]); err == nil {
		t.Error("a short key is taken")
	}
}
