// Package vault keeps fields of people unreadable where they are stored: each is
// sealed with AES-256-GCM for one place (table, row, column), and numbers that
// must be found again have a blind index, an HMAC-SHA-256 with another key.
//
// It promises that what was sealed for one place opens nowhere else, that a
// changed byte never opens, and that equal fields seal differently. A bare hash of
// an ID number would be no secret: there are some 10¹¹ candidates, minutes of
// work; the index is keyed for that reason, and its key lies with the other one
// outside the database.
//
// It is pure but for crypto/rand, and imports nothing of ours. Keys come in as
// bytes: whoever calls it keeps the file.
package vault
