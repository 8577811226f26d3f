package record

// OfTeam is the word of Belong for an entry's team; the other words are
// GroupWords.
const OfTeam = "team"

// GroupWords are the groupings (分组) that an event may rank by beside the whole
// ranking: 组别, 县（市、区）, 单位. A scheme names a subset.
var GroupWords = [3]string{"group", "county", "unit"}

// Groups are the numbers of what an entry belongs to (归属) by each of
// GroupWords, as Belong records gave them; 0 is none. What a number stands for
// is the programme's to say.
type Groups [len(GroupWords)]uint16

// GroupAt is a word's place in GroupWords; -1 for another word.
func GroupAt(word string) int {
	for i, w := range GroupWords {
		if w == word {
			return i
		}
	}
	return -1
}

// By is the number by a grouping's word; 0 when it belongs to none, and for
// another word.
func (g Groups) By(word string) int {
	if i := GroupAt(word); i >= 0 {
		return int(g[i])
	}
	return 0
}
