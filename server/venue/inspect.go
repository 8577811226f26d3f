package venue

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // shown beside SHA-256: the only one that Windows shows
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiangtai/server/fault"
)

// Places of faults.
const (
	InCert  = "cert"
	InKey   = "key"
	InNames = "name"
)

// Tablets refuse what lives longer: publicly trusted, and of an authority of one's own.
const (
	longestPublic  = 398 * day
	longestPrivate = 825 * day
	day            = 24 * time.Hour
	// soon is when a certificate's end is worth a word.
	soon = 14 * day
	// shortRSA is the least that browsers take.
	shortRSA = 2048
)

// Question is a certificate to look at.
type Question struct {
	Cert, Key []byte         // PEM: the server's certificate first, then those above it
	CA        []byte         // PEM of an authority of our own; nil for none
	Names     Names          // that it must be good for; empty asks for none
	Roots     *x509.CertPool // that the world trusts; nil is the system's
	Now       time.Time
}

// Report (检查结果) is what a certificate is, and what is wrong with it.
type Report struct {
	Names       []string
	From, Until time.Time
	Issuer      string
	SHA256      string // fingerprint, as browsers show it
	IsPublic    bool   // every tablet trusts it as it is
	IsOurs      bool   // signed by the authority given with the question
	// Faults keep tablets out; Attention is what should be known.
	Faults, Attention []fault.Field

	leaf *x509.Certificate
}

// Inspect looks at a certificate and its key. It reads no files and asks no network.
func Inspect(q Question) Report {
	var r Report
	chain, f := readChain(q.Cert)
	if f != nil {
		r.Faults = append(r.Faults, *f)
		_, keyFault := readKey(q.Key)
		r.fault(keyFault)
		return r
	}
	leaf := chain[0]
	r.leaf = leaf
	r.Names = namesOf(leaf)
	r.From, r.Until, r.Issuer = leaf.NotBefore, leaf.NotAfter, leaf.Issuer.String()
	r.SHA256 = Fingerprint256(leaf.Raw)
	r.key(q.Key, chain)
	r.dates(q.Now)
	r.names(q.Names)
	r.strength()
	r.trust(q, chain)
	return r
}

func (r *Report) fault(f *fault.Field) {
	if f != nil {
		r.Faults = append(r.Faults, *f)
	}
}

func (r *Report) wrong(path, code, hint string) {
	r.Faults = append(r.Faults, fault.At(path, code, hint))
}

func (r *Report) note(path, code, hint string) {
	r.Attention = append(r.Attention, fault.At(path, code, hint))
}

type publicKey interface{ Equal(x crypto.PublicKey) bool }

func (r *Report) key(text []byte, chain []*x509.Certificate) {
	key, f := readKey(text)
	if f != nil {
		r.fault(f)
		return
	}
	fits := func(c *x509.Certificate) bool {
		public, ok := c.PublicKey.(publicKey)
		return ok && public.Equal(key.Public())
	}
	switch {
	case fits(chain[0]):
	case slices.ContainsFunc(chain[1:], fits):
		r.wrong(InCert, "venue.order", chain[0].Subject.String())
	default:
		r.wrong(InKey, "venue.key_mismatch", "")
	}
}

func (r *Report) dates(now time.Time) {
	switch {
	case now.After(r.Until):
		r.wrong(InCert, "venue.expired", spellDay(r.Until))
	case now.Before(r.From):
		r.wrong(InCert, "venue.not_yet", spellDay(r.From))
	case r.Until.Sub(now) < soon:
		r.note(InCert, "venue.soon", spellDay(r.Until))
	}
}

func (r *Report) names(want Names) {
	if len(r.Names) == 0 {
		// Browsers have not looked at the common name for years.
		r.wrong(InCert, "venue.nameless", r.leaf.Subject.CommonName)
		return
	}
	for _, name := range want.List() {
		if r.leaf.VerifyHostname(name) != nil {
			r.wrong(InNames, "venue.not_for", name+" — "+strings.Join(r.Names, ", "))
		}
	}
}

func (r *Report) strength() {
	switch key := r.leaf.PublicKey.(type) {
	case *rsa.PublicKey:
		if key.N.BitLen() < shortRSA {
			r.wrong(InCert, "venue.weak_key", "RSA "+strconv.Itoa(key.N.BitLen()))
		}
	case *ecdsa.PublicKey:
	default:
		// Ed25519 is good, and no browser takes it.
		r.wrong(InCert, "venue.weak_key", r.leaf.PublicKeyAlgorithm.String())
	}
	switch r.leaf.SignatureAlgorithm {
	case x509.MD5WithRSA, x509.SHA1WithRSA, x509.ECDSAWithSHA1, x509.DSAWithSHA1:
		r.wrong(InCert, "venue.weak_signature", r.leaf.SignatureAlgorithm.String())
	}
	isForServers := slices.Contains(r.leaf.ExtKeyUsage, x509.ExtKeyUsageServerAuth) || slices.Contains(r.leaf.ExtKeyUsage, x509.ExtKeyUsageAny)
	if !isForServers || r.leaf.IsCA {
		r.wrong(InCert, "venue.not_server", r.leaf.Subject.String())
	}
}

func (r *Report) trust(q Question, chain []*x509.Certificate) {
	life := r.Until.Sub(r.From)
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	// Dates have been looked at; the chain is asked for a day on which it can be right.
	at := r.From.Add(life / 2)
	verify := func(roots *x509.CertPool) error {
		_, err := r.leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at})
		return err
	}
	roots := q.Roots
	if roots == nil {
		roots, _ = x509.SystemCertPool()
	}
	if r.IsPublic = roots != nil && verify(roots) == nil; r.IsPublic {
		if life > longestPublic {
			r.note(InCert, "venue.long_lived", days(life))
		}
		return
	}
	own := x509.NewCertPool()
	if own.AppendCertsFromPEM(q.CA) && verify(own) == nil {
		r.IsOurs = true
		r.note(InCert, "venue.private", r.Issuer)
		if life > longestPrivate {
			r.wrong(InCert, "venue.long_lived", days(life))
		}
		return
	}
	top := chain[len(chain)-1]
	isSelfSigned := string(top.RawIssuer) == string(top.RawSubject)
	switch {
	case roots == nil || roots.Equal(x509.NewCertPool()):
		r.note(InCert, "venue.no_roots", r.Issuer)
	case len(chain) == 1 && isSelfSigned:
		r.wrong(InCert, "venue.self_signed", "")
	case isSelfSigned:
		r.note(InCert, "venue.private", top.Subject.String())
	default:
		r.wrong(InCert, "venue.chain", top.Issuer.String())
	}
}

// Fingerprint256 is the SHA-256 of a certificate (DER) as devices show it.
func Fingerprint256(der []byte) string {
	sum := sha256.Sum256(der)
	return spell(sum[:])
}

// Fingerprint1 is the SHA-1, for eyes that have nothing else to compare.
func Fingerprint1(der []byte) string {
	sum := sha1.Sum(der) //nolint:gosec // shown, never relied on
	return spell(sum[:])
}

func spell(sum []byte) string {
	text := strings.ToUpper(hex.EncodeToString(sum))
	var b strings.Builder
	for i := 0; i < len(text); i += 2 {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteString(text[i : i+2])
	}
	return b.String()
}

func namesOf(c *x509.Certificate) []string {
	out := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		out = append(out, ip.String())
	}
	return out
}

func spellDay(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func days(d time.Duration) string { return strconv.Itoa(int(d/day)) + " d" }
