// Package pinyin makes the search column of names and trades (拼音检索): the
// initials and the full spelling, so that "lzy" and "liangzhiyuan" both find
// 梁志远 on a keyboard without an input method.
//
// It promises that surnames are spelled as surnames: 曾 zēng, 单 shàn, 查 zhā;
// where bearers of a surname say it in two ways, both are in the column, since
// the one who searches knows only what was called out. The output is lower-case
// a–z, 0–9 and single spaces.
//
// It imports nothing of ours; go-pinyin knows the characters.
package pinyin
