// Package blind is the coding desk (加密台): the check-in of entries, the draws
// that give them seat numbers and work codes, the sealing of who holds which, the
// labels for works, and the unsealing by two.
//
// It promises:
//   - permission is asked at this door. Draws are a coding judge's. Who holds which
//     label is told to the coding judge of that very layer, and after the unsealing
//     to who organises the contest; for everybody else it does not exist (Missing),
//     administrators included. No answer joins a name to a label;
//   - a layer is drawn once. A draw is open, then closed; a closed draw never
//     changes. While it is open a wrong entry is struck by two persons with a
//     reason; a whole draw is made void the same way until marking opens, and its
//     record stays;
//   - a draw all at once shows the SHA-256 of its seed before anybody is drawn, and
//     with the seed, told after the unsealing, everybody can replay it (Replay);
//   - closing keeps a digest over all salted pairs. Before an unsealing every pair
//     is opened, held against that digest and against the labels that marking has
//     used: one swapped pair, and nothing is unsealed;
//   - every step of an unsealing is logged, refused ones too.
//
// Decisions:
//   - Where an event has seats and codes the second draw is from seat to code: its
//     coding judge sees seats only, as the one of the first saw entry numbers only.
//   - Where teams and persons have modules of their own, a layer is drawn by the kind
//     that is marked by it (Event.Exempt), and one by which nobody is marked is none:
//     a label without a work would only be a secret more. Everybody checks in, since
//     who does not come did not start. Who draws a code beside seats and has none is
//     known by contest.Beside and the entry number: the two are of one form.
//   - In an event with the full chain (contest.FullChain) the two layers have two
//     coding judges, and a coding judge holds no other office of that event. In the
//     light chain draws may be made and are not demanded.
//   - Check-in is by entry number. Names stand in the list for host and organisers,
//     who made it, and for nobody else.
//   - Who is absent when a layer closes is given one of the labels that are left,
//     by the machine: boards know works by labels, and an entry without one would
//     stand out. It is never printed and stands in the record as not drawn.
//   - The ordinals of the engine are drawn anew when the first layer closes and
//     belong to the digest, because records carry them: exchanging two would
//     exchange two results.
//   - Pairs lie sealed (AES-256-GCM, the place as additional data) under a key of
//     the data folder. The programme keeps the working labels of entries in clear,
//     since marking needs them at each tap: a dump of the database alone therefore
//     still joins them, and only the digest shows that nobody changed them.
//   - The event's row of the programme is the lock of everything here: a draw and
//     an edit of the entries cannot happen at once.
//   - The seed is mixed with words that the witness says after the commitment, so
//     that neither the program nor the coding judge can have chosen the outcome.
//   - Ties of judges are a room of their own, recusal, and lie sealed in this one's
//     store.
//
// It may import contest, scoring and fault. Other rooms come through ports.go.
package blind
