package venue_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/venue"
)

var now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

func names(t *testing.T, list ...string) venue.Names {
	t.Helper()
	n, wrong := venue.ReadNames("name", list)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return n
}

func codes(list []fault.Field) string {
	out := make([]string, len(list))
	for i, f := range list {
		out[i] = f.Path + " " + f.Code
	}
	return strings.Join(out, ", ")
}

func TestReadNames(t *testing.T) {
	n := names(t, "Score.Example.CN.", "10.1.2.3", "score.example.cn", "fd00::5", "xn--fiqs8s.cn", "::ffff:10.1.2.3")
	if got := strings.Join(n.List(), " "); got != "score.example.cn xn--fiqs8s.cn 10.1.2.3 fd00::5" {
		t.Error(got)
	}
	if n.Main() != "score.example.cn" || names(t, "fd00::5").Main() != "[fd00::5]" || names(t, "10.1.2.3").Main() != "10.1.2.3" {
		t.Error("main names")
	}
	for _, bad := range []string{
		"", " ", "*.example.cn", "评分.cn", "a..cn", "-a.cn", "a-.cn", "10.1.2.300", "0.0.0.0", "::", "224.0.0.1", "fe80::1%eth0",
		"https://score.cn", "score.cn:443", "a_b.cn", strings.Repeat("a", 64) + ".cn", strings.Repeat("a.", 130) + "cn",
	} {
		if _, wrong := venue.ReadNames("name", []string{"ok.cn", bad}); len(wrong) != 1 || wrong[0].Code != "venue.name" {
			t.Errorf("%q: %v", bad, wrong)
		}
	}
	if _, wrong := venue.ReadNames("name", nil); len(wrong) != 1 || wrong[0].Code != "venue.no_names" {
		t.Error(wrong)
	}
}

// made is a certificate made by hand, so that it can be wrong in one thing.
type made struct {
	cert      *x509.Certificate
	key       crypto.Signer
	text, pem []byte // the certificate and the key
}

func ecKey(t *testing.T) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// make signs with above, or itself.
func (above *made) make(t *testing.T, key crypto.Signer, change func(*x509.Certificate)) *made {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "score.example.cn"}, DNSNames: []string{"score.example.cn"},
		IPAddresses: []net.IP{net.ParseIP("10.1.2.3")}, NotBefore: now.Add(-day), NotAfter: now.Add(60 * day),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
	}
	if change != nil {
		change(template)
	}
	parent, with := template, key
	if above != nil {
		parent, with = above.cert, above.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), with)
	if err != nil {
		t.Fatal(err)
	}
	m := &made{key: key, text: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}
	if m.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	m.pem = pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})
	return m
}

func isAuthority(name string) func(*x509.Certificate) {
	return func(c *x509.Certificate) {
		c.Subject, c.IsCA, c.DNSNames, c.IPAddresses, c.KeyUsage = pkix.Name{CommonName: name}, true, nil, nil, x509.KeyUsageCertSign
		c.NotBefore, c.NotAfter = now.Add(-1000*day), now.Add(3000*day)
	}
}

// The world's authorities, as a tablet knows them: a root, and one below that signs.
func world(t *testing.T) (root, below *made, pool *x509.CertPool) {
	t.Helper()
	root = (*made)(nil).make(t, ecKey(t), isAuthority("World Root"))
	below = root.make(t, ecKey(t), isAuthority("World Below"))
	pool = x509.NewCertPool()
	pool.AddCert(root.cert)
	return root, below, pool
}

func TestInspect(t *testing.T) {
	_, below, pool := world(t)
	good := below.make(t, ecKey(t), nil)
	chain := slices.Concat(good.text, below.text)
	with := func(change func(*x509.Certificate)) ([]byte, []byte) {
		m := below.make(t, ecKey(t), change)
		return slices.Concat(m.text, below.text), m.pem
	}
	short, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	_, modern, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	weak, unusual := below.make(t, short, nil), below.make(t, modern, nil)
	alone := (*made)(nil).make(t, ecKey(t), nil)
	own := (*made)(nil).make(t, ecKey(t), isAuthority("Own"))
	private := own.make(t, ecKey(t), nil)
	expired, expiredKey := with(func(c *x509.Certificate) { c.NotBefore, c.NotAfter = now.Add(-90*day), now.Add(-day) })
	future, futureKey := with(func(c *x509.Certificate) { c.NotBefore = now.Add(day) })
	ending, endingKey := with(func(c *x509.Certificate) { c.NotAfter = now.Add(3 * day) })
	nameless, namelessKey := with(func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = nil, nil })
	client, clientKey := with(func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} })
	long, longKey := with(func(c *x509.Certificate) { c.NotAfter = now.Add(500 * day) })
	for _, c := range []struct {
		name      string
		cert, key []byte
		ca        []byte
		want      []string // names
		faults    string
		attention string
		isPublic  bool
	}{
		{name: "good", cert: chain, key: good.pem, want: []string{"score.example.cn", "10.1.2.3"}, isPublic: true},
		{name: "other name", cert: chain, key: good.pem, want: []string{"score.example.com", "10.1.2.4"}, faults: "name venue.not_for, name venue.not_for", isPublic: true},
		{name: "no intermediate", cert: good.text, key: good.pem, faults: "cert venue.chain"},
		{name: "wrong order", cert: slices.Concat(below.text, good.text), key: good.pem, faults: "cert venue.order, cert venue.nameless, cert venue.not_server", isPublic: true, attention: "cert venue.long_lived"},
		{name: "key of another", cert: chain, key: alone.pem, faults: "key venue.key_mismatch", isPublic: true},
		{name: "expired", cert: expired, key: expiredKey, faults: "cert venue.expired", isPublic: true},
		{name: "not begun", cert: future, key: futureKey, faults: "cert venue.not_yet", isPublic: true},
		{name: "ends soon", cert: ending, key: endingKey, attention: "cert venue.soon", isPublic: true},
		{name: "no names", cert: nameless, key: namelessKey, want: []string{"score.example.cn"}, faults: "cert venue.nameless", isPublic: true},
		{name: "for clients", cert: client, key: clientKey, faults: "cert venue.not_server, cert venue.chain"},
		{name: "lives too long", cert: long, key: longKey, attention: "cert venue.long_lived", isPublic: true},
		{name: "short RSA", cert: slices.Concat(weak.text, below.text), key: weak.pem, faults: "cert venue.weak_key", isPublic: true},
		{name: "Ed25519", cert: slices.Concat(unusual.text, below.text), key: unusual.pem, faults: "cert venue.weak_key", isPublic: true},
		{name: "signed by itself", cert: alone.text, key: alone.pem, faults: "cert venue.self_signed"},
		{name: "private with its root", cert: slices.Concat(private.text, own.text), key: private.pem, attention: "cert venue.private"},
		{name: "private and ours", cert: private.text, key: private.pem, ca: own.text, attention: "cert venue.private"},
		{name: "private without its root", cert: private.text, key: private.pem, faults: "cert venue.chain"},
		{name: "files swapped", cert: good.pem, key: chain, faults: "cert venue.no_certificate, key venue.no_key"},
		{name: "empty", faults: "cert venue.no_certificate, key venue.no_key"},
		{name: "damaged", cert: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: good.cert.Raw[:200]}), key: good.pem, faults: "cert venue.bad_certificate"},
		{name: "DER", cert: good.cert.Raw, key: good.pem, faults: "cert venue.no_certificate"},
		{name: "closed key", cert: chain, key: pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: []byte("x")}), faults: "key venue.key_encrypted", isPublic: true},
		{
			name: "closed key of old", cert: chain, faults: "key venue.key_encrypted", isPublic: true,
			key: pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC,00"}, Bytes: []byte("x")}),
		},
		{name: "damaged key", cert: chain, key: pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: []byte("x")}), faults: "key venue.bad_key", isPublic: true},
	} {
		q := venue.Question{Cert: c.cert, Key: c.key, CA: c.ca, Roots: pool, Now: now}
		if c.want != nil {
			q.Names = names(t, c.want...)
		}
		r := venue.Inspect(q)
		if codes(r.Faults) != c.faults || codes(r.Attention) != c.attention || r.IsPublic != c.isPublic {
			t.Errorf("%s: faults %v, attention %v, public %v", c.name, r.Faults, r.Attention, r.IsPublic)
		}
	}
	if r := venue.Inspect(venue.Question{Cert: private.text, Key: private.pem, Roots: x509.NewCertPool(), Now: now}); codes(r.Attention) != "cert venue.no_roots" {
		t.Errorf("without a list of authorities: %+v", r)
	}
}

// Keys come in three shapes of PEM, and openssl writes parameters before one.
func TestKeysOfEveryShape(t *testing.T) {
	_, below, pool := world(t)
	ec, ok := ecKey(t).(*ecdsa.PrivateKey)
	if !ok {
		t.Fatal("no key")
	}
	raw, err := x509.MarshalECPrivateKey(ec)
	if err != nil {
		t.Fatal(err)
	}
	old, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	params := pem.EncodeToMemory(&pem.Block{Type: "EC PARAMETERS", Bytes: []byte{6, 0}})
	for _, c := range []struct {
		key  crypto.Signer
		text []byte
	}{
		{ec, slices.Concat(params, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: raw}))},
		{old, pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(old)})},
	} {
		m := below.make(t, c.key, nil)
		r := venue.Inspect(venue.Question{Cert: slices.Concat(m.text, below.text), Key: c.text, Roots: pool, Now: now})
		if len(r.Faults) > 0 {
			t.Errorf("%T: %v", c.key, r.Faults)
		}
	}
}

// An authority that somebody steals is of use for the hall alone.
func TestAnAuthoritySpeaksForItsHallAlone(t *testing.T) {
	for _, c := range []struct {
		of, ask []string
		allowed bool
	}{
		{[]string{"score.example.cn", "10.1.2.3"}, []string{"score.example.cn"}, true},
		{[]string{"score.example.cn", "10.1.2.3"}, []string{"10.1.2.3", "score.example.cn"}, true},
		{[]string{"score.example.cn", "10.1.2.3"}, []string{"bank.example.cn"}, false},
		{[]string{"score.example.cn", "10.1.2.3"}, []string{"10.1.2.4"}, false},
		{[]string{"score.example.cn", "10.1.2.3"}, []string{"fd00::1"}, false},
		{[]string{"score.example.cn"}, []string{"10.1.2.3"}, false},
		{[]string{"score.example.cn"}, []string{"fd00::1"}, false},
		{[]string{"10.1.2.3"}, []string{"bank.example.cn"}, false},
		{[]string{"10.1.2.3"}, []string{"10.1.2.3"}, true},
		{[]string{"fd00::1"}, []string{"fd00::1"}, true},
		{[]string{"fd00::1"}, []string{"10.1.2.3"}, false},
	} {
		ca, err := venue.MakeAuthority(names(t, c.of...), now)
		if err != nil {
			t.Fatal(err)
		}
		pair, err := venue.Issue(ca, names(t, c.ask...), 30, now)
		if (err == nil) != c.allowed || err != nil && fault.Code(err) != "venue.authority" {
			t.Errorf("of %v for %v: %v", c.of, c.ask, err)
		}
		if err == nil {
			r := venue.Inspect(venue.Question{Cert: pair.Cert, Key: pair.Key, CA: ca.Cert, Names: names(t, c.ask...), Roots: x509.NewCertPool(), Now: now})
			if len(r.Faults) > 0 || !r.IsOurs || r.IsPublic {
				t.Errorf("%v: %+v", c.ask, r)
			}
		}
	}
}

func TestIssueRefuses(t *testing.T) {
	n := names(t, "score.example.cn")
	ca, err := venue.MakeAuthority(n, now)
	if err != nil {
		t.Fatal(err)
	}
	other, err := venue.MakeAuthority(n, now)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := venue.Issue(ca, n, 30, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		ca   venue.Pair
		days int
		at   time.Time
		want string
	}{
		{"no days", ca, 0, now, "days venue.days"},
		{"too many days", ca, 91, now, "days venue.days"},
		{"key of another", venue.Pair{Cert: ca.Cert, Key: other.Key}, 30, now, "ca.key venue.key_mismatch"},
		{"over", ca, 30, now.Add(401 * day), "ca.cert venue.expired"},
		{"no authority", leaf, 30, now, "ca.cert venue.no_authority"},
		{"nothing", venue.Pair{}, 30, now, "ca.cert venue.no_certificate, ca.key venue.no_key"},
	} {
		_, err := venue.Issue(c.ca, n, c.days, c.at)
		if f := fault.Of(err); f == nil || codes(f.Fields) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	// Near the authority's end a certificate ends with it, so that no chain is half over.
	late, err := venue.Issue(ca, n, 90, now.Add(380*day))
	if err != nil {
		t.Fatal(err)
	}
	r := venue.Inspect(venue.Question{Cert: late.Cert, Key: late.Key, CA: ca.Cert, Roots: x509.NewCertPool(), Now: now.Add(390 * day)})
	if !r.Until.Equal(now.Add(400*day)) || len(r.Faults) > 0 {
		t.Errorf("until %v, %v", r.Until, r.Faults)
	}
}
