// Package venue makes a hall safe that has no internet (赛场证书): browsers keep
// marks only on pages that came over TLS, so that every tablet needs a certificate
// that it trusts.
//
// It promises:
//   - what is wrong with a certificate is said before the contest's morning, all at
//     once and each with its place: chain, names, dates, key, strength;
//   - an authority of our own (私有根证书) can speak for the names and addresses of
//     the hall and for nothing else, and its certificates live for days;
//   - nothing is overwritten: making refuses a folder that is in use, and renewing
//     puts the old certificate aside; keys are readable by their owner alone;
//   - a certificate that is changed on the disk is served without a restart, and
//     one that cannot be read never takes the place of one that can.
//
// Decisions:
//   - A publicly trusted certificate for a name of the city is the first choice: no
//     tablet needs to be touched, and the hall's own DNS says where that name is. The
//     authority of our own comes last: somebody who has its key could read along, so
//     it is bound by name constraints. Names and addresses are constrained both ways:
//     a list of one kind alone would leave the other kind free.
//   - Renewing makes a new key. Certificate and key are two files and cannot be
//     changed at one moment; Keeper keeps the old pair until the new one fits.
//   - Certificates begin two days early: tablets' clocks are wrong.
//   - SHA-1 stands beside SHA-256 because Windows shows only that one; nobody signs
//     with it.
//
// It may import fault and paper; the standard library does all cryptography.
package venue
