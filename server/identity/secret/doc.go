// Package secret makes and checks what only its holder may know: passwords,
// tokens of sessions, links, pairing codes (口令、令牌、配对码). It decides
// their strength and what is stored in their place; who may use them, and how
// often they may be tried, is the room's.
//
// It may import fault.
package secret
