package venue

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"strconv"
	"time"

	"jiangtai/server/fault"
)

// How long what we sign may live.
const (
	LeastDays = 1
	MostDays  = 90
	// authorityLife covers a contest's year; what it signs lives for days.
	authorityLife = 400 * day
	early         = 2 * day
)

// Pair is a certificate and its key, both PEM.
type Pair struct{ Cert, Key []byte }

// MakeAuthority makes an authority that can speak for these names and addresses
// alone. now is its beginning, but for the two days that clocks are wrong.
func MakeAuthority(n Names, now time.Time) (Pair, error) {
	serial, err := newSerial()
	if err != nil {
		return Pair{}, err
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		// The day tells two authorities apart in a tablet's list.
		Subject:   pkix.Name{Organization: []string{"Jiangtai"}, CommonName: "Jiangtai hall " + n.Main() + " " + now.UTC().Format("2006-01-02")},
		NotBefore: now.Add(-early).UTC(), NotAfter: now.Add(authorityLife).UTC(),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage:    x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	constrain(template, n)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Pair{}, fmt.Errorf("key of the authority: %w", err)
	}
	return sign(template, template, key, key)
}

// constrain allows the names and nothing beside them. A kind of which none is
// allowed must be excluded as a whole: what a list does not speak of is free.
func constrain(c *x509.Certificate, n Names) {
	c.PermittedDNSDomainsCritical = true
	c.PermittedDNSDomains = n.Hosts
	if len(n.Hosts) == 0 {
		c.PermittedDNSDomains = []string{"jiangtai.invalid"} // RFC 2606: nobody's, ever
	}
	for _, ip := range n.ips() {
		if v4 := ip.To4(); v4 != nil {
			ip = v4
		}
		c.PermittedIPRanges = append(c.PermittedIPRanges, &net.IPNet{IP: ip, Mask: net.CIDRMask(8*len(ip), 8*len(ip))})
	}
	if len(n.Addresses) == 0 {
		for _, size := range []int{net.IPv4len, net.IPv6len} {
			c.ExcludedIPRanges = append(c.ExcludedIPRanges, &net.IPNet{IP: make(net.IP, size), Mask: make(net.IPMask, size)})
		}
	}
}

// Issue signs a certificate for the server that lives for so many days. Refused
// venue.days, or venue.authority with what is wrong with the authority: its key,
// its end, names that it may not speak for.
func Issue(ca Pair, n Names, lives int, now time.Time) (Pair, error) {
	if lives < LeastDays || lives > MostDays {
		return Pair{}, refuse("venue.days", fault.At("days", "venue.days", strconv.Itoa(LeastDays)+"…"+strconv.Itoa(MostDays)))
	}
	above, caKey, err := readAuthority(ca, now)
	if err != nil {
		return Pair{}, err
	}
	serial, err := newSerial()
	if err != nil {
		return Pair{}, err
	}
	until := now.Add(time.Duration(lives) * day).UTC()
	if until.After(above.NotAfter) {
		until = above.NotAfter
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{Organization: []string{"Jiangtai"}, CommonName: n.Main()},
		NotBefore: now.Add(-early).UTC(), NotAfter: until,
		DNSNames: n.Hosts, IPAddresses: n.ips(), BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Pair{}, fmt.Errorf("key of the server: %w", err)
	}
	pair, err := sign(template, above, key, caKey)
	if err != nil {
		return Pair{}, err
	}
	r := Inspect(Question{Cert: pair.Cert, Key: pair.Key, CA: ca.Cert, Names: n, Roots: x509.NewCertPool(), Now: now})
	if !r.IsOurs {
		return Pair{}, refuse("venue.authority", fault.At("ca", "venue.outside", n.Main()))
	}
	return pair, nil
}

func readAuthority(ca Pair, now time.Time) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	r := Inspect(Question{Cert: ca.Cert, Key: ca.Key, CA: ca.Cert, Roots: x509.NewCertPool(), Now: now})
	var wrong []fault.Field
	for _, f := range r.Faults {
		switch f.Code {
		case "venue.nameless", "venue.not_server", "venue.self_signed", "venue.long_lived":
			continue // an authority is like that
		}
		f.Path = "ca." + f.Path
		wrong = append(wrong, f)
	}
	if r.leaf != nil && !r.leaf.IsCA {
		wrong = append(wrong, fault.At("ca.cert", "venue.no_authority", r.leaf.Subject.String()))
	}
	if len(wrong) > 0 {
		return nil, nil, refuse("venue.authority", wrong...)
	}
	signer, _ := readKey(ca.Key)
	key, ok := signer.(*ecdsa.PrivateKey)
	if !ok {
		return nil, nil, refuse("venue.authority", fault.At("ca.key", "venue.bad_key", "ECDSA"))
	}
	return r.leaf, key, nil
}

func sign(template, above *x509.Certificate, key, with *ecdsa.PrivateKey) (Pair, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, above, key.Public(), with)
	if err != nil {
		return Pair{}, fmt.Errorf("sign a certificate: %w", err)
	}
	text, err := pemKey(key)
	if err != nil {
		return Pair{}, fmt.Errorf("write a key: %w", err)
	}
	return Pair{pemCert(der), text}, nil
}

func newSerial() (*big.Int, error) {
	// 127 bits: a positive number of at most 16 bytes.
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, fmt.Errorf("serial number: %w", err)
	}
	return n.Add(n, big.NewInt(1)), nil
}

func refuse(code string, fields ...fault.Field) error {
	return fault.New(fault.Refused, code, fields...)
}
