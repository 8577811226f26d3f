package venue

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"

	"jiangtai/server/fault"
)

const (
	blockCert = "CERTIFICATE"
	blockKey  = "PRIVATE KEY"
)

// readChain reads the certificates of a file in their order.
func readChain(text []byte) ([]*x509.Certificate, *fault.Field) {
	var chain []*x509.Certificate
	var other string
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != blockCert {
			other = block.Type
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, place(InCert, "venue.bad_certificate", err.Error())
		}
		chain = append(chain, c)
	}
	if len(chain) == 0 {
		return nil, place(InCert, "venue.no_certificate", what(text, other))
	}
	return chain, nil
}

// readKey reads the first private key of a file.
func readKey(text []byte) (crypto.Signer, *fault.Field) {
	var other string
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		var key any
		var err error
		switch block.Type {
		case "EC PARAMETERS":
			continue // openssl writes them before the key
		case "ENCRYPTED PRIVATE KEY":
			return nil, place(InKey, "venue.key_encrypted", "")
		case blockKey:
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
		case "RSA PRIVATE KEY":
			if block.Headers["DEK-Info"] != "" {
				return nil, place(InKey, "venue.key_encrypted", "")
			}
			key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
		case "EC PRIVATE KEY":
			if block.Headers["DEK-Info"] != "" {
				return nil, place(InKey, "venue.key_encrypted", "")
			}
			key, err = x509.ParseECPrivateKey(block.Bytes)
		default:
			other = block.Type
			continue
		}
		signer, ok := key.(crypto.Signer)
		if err != nil || !ok {
			return nil, place(InKey, "venue.bad_key", block.Type)
		}
		return signer, nil
	}
	return nil, place(InKey, "venue.no_key", what(text, other))
}

// what a file holds instead.
func what(text []byte, block string) string {
	switch {
	case block != "":
		return block
	case len(bytes.TrimSpace(text)) == 0:
		return "0 B"
	case text[0] == 0x30:
		return "DER / PKCS#12, not PEM"
	}
	return "not PEM"
}

func place(path, code, hint string) *fault.Field {
	f := fault.At(path, code, hint)
	return &f
}

func pemCert(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: blockCert, Bytes: der})
}

func pemKey(key *ecdsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: blockKey, Bytes: der}), nil
}
