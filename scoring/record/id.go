package record

import (
	"encoding/hex"
	"errors"
)

// ID is 16 bytes written as a UUID. The zero ID means none.
type ID [16]byte

// EntryID is an entry's ordinal in its event (参赛), 1 and up; 0 means none.
type EntryID uint32

// ChairID is a chair's number in its event (裁判席), 1 and up; 0 means none.
type ChairID uint16

var errID = errors.New("record: not a UUID in lower-case 8-4-4-4-12 form")

// IsZero says that there is none.
func (id ID) IsZero() bool { return id == ID{} }

// String writes the 8-4-4-4-12 form.
func (id ID) String() string {
	var b [36]byte
	hex.Encode(b[0:8], id[0:4])
	hex.Encode(b[9:13], id[4:6])
	hex.Encode(b[14:18], id[6:8])
	hex.Encode(b[19:23], id[8:10])
	hex.Encode(b[24:36], id[10:16])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
	return string(b[:])
}

// ParseID reads the 8-4-4-4-12 form, either case.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return ID{}, errID
	}
	var hexed [32]byte
	n := copy(hexed[:], s[0:8])
	n += copy(hexed[n:], s[9:13])
	n += copy(hexed[n:], s[14:18])
	n += copy(hexed[n:], s[19:23])
	copy(hexed[n:], s[24:36])
	if _, err := hex.Decode(id[:], hexed[:]); err != nil {
		return ID{}, errID
	}
	return id, nil
}

// MarshalText makes JSON write the UUID form; the zero ID is "".
func (id ID) MarshalText() ([]byte, error) {
	if id.IsZero() {
		return nil, nil
	}
	return []byte(id.String()), nil
}

// UnmarshalText reads the UUID form; "" is the zero ID.
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = ID{}
		return nil
	}
	v, err := ParseID(string(b))
	if err != nil {
		return err
	}
	*id = v
	return nil
}
