package backup

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"filippo.io/age"

	"jiangtai/server/fault"
)

// MinPassphrase is how many characters a passphrase has at least: the file may
// be tried on a machine that has all the time in the world.
const MinPassphrase = 12

// workFactor of the passphrase: 2^17, half a second and 128 MB, once a file.
const workFactor = 17

// Lock is how backups are closed (封存). The zero Lock leaves them open.
type Lock struct {
	to        age.Recipient
	extension string
}

// Extension is the end of the name of a file so closed.
func (l Lock) Extension() string { return ".tar.gz" + l.extension }

// IsOpen says that whoever has the file can read it.
func (l Lock) IsOpen() bool { return l.to == nil }

// Key opens backups. The zero Key opens what was left open.
type Key struct{ by age.Identity }

// Passphrase gives lock and key of a passphrase. Refused backup.short_passphrase.
func Passphrase(text string) (Lock, Key, error) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) < MinPassphrase {
		return Lock{}, Key{}, fault.New(fault.Refused, "backup.short_passphrase")
	}
	to, err := age.NewScryptRecipient(text)
	if err != nil {
		return Lock{}, Key{}, fmt.Errorf("lock of a passphrase: %w", err)
	}
	to.SetWorkFactor(workFactor)
	by, err := age.NewScryptIdentity(text)
	if err != nil {
		return Lock{}, Key{}, fmt.Errorf("key of a passphrase: %w", err)
	}
	return Lock{to, ".age"}, Key{by}, nil
}

// NewMachineKey makes a machine's own key, as text for ParseMachineKey.
func NewMachineKey() (string, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", fmt.Errorf("make a key for backups: %w", err)
	}
	return id.String() + "\n", nil
}

// ParseMachineKey reads what NewMachineKey made. Malformed backup.key.
func ParseMachineKey(text string) (Lock, Key, error) {
	id, err := age.ParseX25519Identity(strings.TrimSpace(text))
	if err != nil {
		// The cause quotes the text, which is a secret.
		return Lock{}, Key{}, fault.New(fault.Malformed, "backup.key")
	}
	return Lock{id.Recipient(), ".key.age"}, Key{id}, nil
}

// seal closes what is written; closing it closes the file's last chunk, not w.
func (l Lock) seal(w io.Writer) (io.WriteCloser, error) {
	if l.to == nil {
		return open{w}, nil
	}
	sealed, err := age.Encrypt(w, l.to)
	if err != nil {
		return nil, fmt.Errorf("close the backup: %w", err)
	}
	return sealed, nil
}

type open struct{ io.Writer }

func (open) Close() error { return nil }

var (
	ageMagic  = []byte("age-encryption.org/")
	gzipMagic = []byte{0x1f, 0x8b}
)

// unseal opens a backup. Refused backup.sealed (it needs a key and none was
// given), backup.wrong_key; Malformed backup.format.
func (k Key) unseal(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	start, err := b.Peek(len(ageMagic))
	switch {
	case bytes.HasPrefix(start, gzipMagic):
		return b, nil
	case err != nil && (bytes.HasPrefix(ageMagic, start) || bytes.HasPrefix(gzipMagic, start)):
		return nil, fault.Wrap(err, fault.Malformed, "backup.half")
	case !bytes.Equal(start, ageMagic):
		return nil, fault.New(fault.Malformed, "backup.format")
	case k.by == nil:
		return nil, fault.New(fault.Refused, "backup.sealed")
	}
	plain, err := age.Decrypt(b, k.by)
	var foreign *age.NoIdentityMatchError
	switch {
	case err == nil:
		return plain, nil
	case errors.As(err, &foreign):
		return nil, fault.New(fault.Refused, "backup.wrong_key")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return nil, fault.Wrap(err, fault.Malformed, "backup.half")
	}
	return nil, fault.Wrap(err, fault.Malformed, "backup.damaged")
}
