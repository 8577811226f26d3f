package venue

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"jiangtai/server/fault"
)

// The files of a hall's folder.
const (
	FileCA     = "ca.crt" // what tablets install
	FileCAKey  = "ca.key"
	FileCert   = "hall.crt"
	FileKey    = "hall.key"
	FilePage   = "install.html"
	FilePoster = "install.pdf"
)

const (
	secretMode = 0o600
	openMode   = 0o644
	folderMode = 0o755 // what lies in it and is secret has a mode of its own
)

// ReadFiles looks at a certificate on the disk: Inspect, and besides who may read the
// key. An authority that lies beside the certificate (ca.crt) is taken as ours. A
// file that cannot be read is a field venue.unreadable.
func ReadFiles(certFile, keyFile string, n Names, now time.Time) Report {
	_, r, err := read(certFile, keyFile, n, now)
	if err != nil {
		var f *fault.Error
		if errors.As(err, &f) {
			r.Faults = append(r.Faults, f.Fields...)
		}
	}
	return r
}

func read(certFile, keyFile string, n Names, now time.Time) (Pair, Report, error) {
	var p Pair
	var wrong []fault.Field
	for _, one := range []struct {
		path, name string
		into       *[]byte
	}{{InCert, certFile, &p.Cert}, {InKey, keyFile, &p.Key}} {
		raw, err := readSmall(one.name)
		if err != nil {
			wrong = append(wrong, fault.At(one.path, "venue.unreadable", plain(err)))
		}
		*one.into = raw
	}
	if len(wrong) > 0 {
		return p, Report{}, refuse("venue.certificate", wrong...)
	}
	ca, err := readSmall(filepath.Join(filepath.Dir(certFile), FileCA))
	if err != nil {
		ca = nil // none of ours
	}
	r := Inspect(Question{Cert: p.Cert, Key: p.Key, CA: ca, Names: n, Now: now})
	if info, err := os.Stat(keyFile); err == nil && isOpenToOthers(info.Mode()) {
		r.note(InKey, "venue.key_open", info.Mode().Perm().String())
	}
	return p, r, nil
}

// mostBytes is far more than any chain has.
const mostBytes = 1 << 20

func readSmall(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > mostBytes {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errNotAFile}
	}
	return os.ReadFile(name)
}

var errNotAFile = errors.New("not a file, or too large")

// plain is the system's reason with the file's own name alone.
func plain(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return filepath.Base(at.Path) + ": " + at.Err.Error()
	}
	return err.Error()
}

// Make writes an authority and its first certificate into a folder, which may be
// new. Refused venue.exists names every file that is there already: nothing is
// written then.
func Make(folder string, n Names, lives int, now time.Time) (Report, error) {
	if err := vacant(folder, FileCA, FileCAKey, FileCert, FileKey, FilePage, FilePoster); err != nil {
		return Report{}, err
	}
	ca, err := MakeAuthority(n, now)
	if err != nil {
		return Report{}, err
	}
	leaf, err := Issue(ca, n, lives, now)
	if err != nil {
		return Report{}, err
	}
	if err := os.MkdirAll(folder, folderMode); err != nil {
		return Report{}, fmt.Errorf("folder for the certificates: %w", err)
	}
	for _, f := range []struct {
		name string
		body []byte
		mode fs.FileMode
	}{
		{FileCAKey, ca.Key, secretMode},
		{FileKey, leaf.Key, secretMode},
		{FileCA, ca.Cert, openMode},
		{FileCert, leaf.Cert, openMode},
	} {
		if err := create(filepath.Join(folder, f.name), f.body, f.mode); err != nil {
			return Report{}, err
		}
	}
	return ReadFiles(filepath.Join(folder, FileCert), filepath.Join(folder, FileKey), n, now), nil
}

// Renew signs a new certificate for the names of the one that is there, with a new
// key, and puts the old two files aside under the day of their end and their serial
// number. A running server takes the new ones by itself.
func Renew(folder string, lives int, now time.Time) (Report, error) {
	var ca Pair
	var wrong []fault.Field
	for _, f := range []struct {
		name string
		into *[]byte
	}{{FileCA, &ca.Cert}, {FileCAKey, &ca.Key}} {
		raw, err := readSmall(filepath.Join(folder, f.name))
		if err != nil {
			wrong = append(wrong, fault.At(f.name, "venue.unreadable", plain(err)))
		}
		*f.into = raw
	}
	certFile, keyFile := filepath.Join(folder, FileCert), filepath.Join(folder, FileKey)
	raw, err := readSmall(certFile)
	if err != nil {
		wrong = append(wrong, fault.At(FileCert, "venue.unreadable", plain(err)))
	}
	if len(wrong) > 0 {
		return Report{}, refuse("venue.certificate", wrong...)
	}
	chain, bad := readChain(raw)
	if bad != nil {
		return Report{}, refuse("venue.certificate", *bad)
	}
	n := named(chain[0])
	leaf, err := Issue(ca, n, lives, now)
	if err != nil {
		return Report{}, err
	}
	aside := "." + chain[0].NotAfter.UTC().Format("20060102") + "-" + chain[0].SerialNumber.Text(16)
	// The key first: between the two the server keeps what it has in memory.
	if err := exchange(keyFile, aside, leaf.Key, secretMode); err != nil {
		return Report{}, err
	}
	if err := exchange(certFile, aside, leaf.Cert, openMode); err != nil {
		return Report{}, err
	}
	return ReadFiles(certFile, keyFile, n, now), nil
}

// WriteNew writes a file that is not there yet, readable by everybody. Refused
// venue.exists.
func WriteNew(name string, body []byte) error { return create(name, body, openMode) }

// Authority reads the authority of a folder (DER), for its fingerprints.
func Authority(folder string) ([]byte, error) {
	raw, err := readSmall(filepath.Join(folder, FileCA))
	if err != nil {
		return nil, refuse("venue.certificate", fault.At(FileCA, "venue.unreadable", plain(err)))
	}
	block, _ := pem.Decode(raw)
	if block == nil || block.Type != blockCert {
		return nil, refuse("venue.certificate", fault.At(FileCA, "venue.no_certificate", what(raw, "")))
	}
	return block.Bytes, nil
}

func vacant(folder string, names ...string) error {
	var there []fault.Field
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(folder, name)); !errors.Is(err, fs.ErrNotExist) {
			there = append(there, fault.At(name, "venue.exists", ""))
		}
	}
	if len(there) > 0 {
		return refuse("venue.exists", there...)
	}
	return nil
}

func create(name string, body []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return refuse("venue.exists", fault.At(filepath.Base(name), "venue.exists", ""))
	}
	if err != nil {
		return fmt.Errorf("write a certificate: %w", err)
	}
	_, err = f.Write(body)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write a certificate: %w", err)
	}
	return nil
}

// exchange puts a new file in the place of one that stays under another name; there
// is no moment without a file.
func exchange(name, aside string, body []byte, mode fs.FileMode) error {
	next := name + ".new"
	if err := create(next, body, mode); err != nil {
		return err
	}
	if err := os.Link(name, name+aside); err != nil && !errors.Is(err, fs.ErrExist) {
		return errors.Join(fmt.Errorf("put the old file aside: %w", err), os.Remove(next))
	}
	if err := os.Rename(next, name); err != nil {
		return fmt.Errorf("put the new file in its place: %w", err)
	}
	return nil
}

func named(c *x509.Certificate) Names {
	n := Names{Hosts: c.DNSNames}
	for _, ip := range c.IPAddresses {
		if a, ok := netip.AddrFromSlice(ip); ok {
			n.Addresses = append(n.Addresses, a.Unmap())
		}
	}
	return n
}
