// Package skating turns the published marks of two figure skating
// championships (花样滑冰公开数据) into sixteen events: a scheme, entries, every
// judge's marks, and the results that the world knows. They are real input
// that nobody of this project wrote, for tests of the engine, of the score
// files and of the whole program.
//
// The data and their attribution (BuzzFeed News, CC BY 4.0) lie in
// scoring/testdata/skating; Read takes that folder as an fs.FS, so that the
// program itself does not carry them.
//
// It may import scoring.
package skating
