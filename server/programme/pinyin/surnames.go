package pinyin

// surnames are the readings of surnames that differ from what the character
// reads elsewhere, or that have more than one. The usual one comes first.
var surnames = map[string][]string{
	// Of two characters: the longer match wins.
	"万俟": {"mo qi"}, "尉迟": {"yu chi"}, "长孙": {"zhang sun"}, "单于": {"chan yu"},
	"澹台": {"tan tai"}, "令狐": {"ling hu"}, "皇甫": {"huang fu"}, "宇文": {"yu wen"},
	"呼延": {"hu yan"}, "鲜于": {"xian yu"}, "闾丘": {"lü qiu"}, "亓官": {"qi guan"},
	"乐正": {"yue zheng"}, "濮阳": {"pu yang"}, "淳于": {"chun yu"}, "公冶": {"gong ye"},
	"太叔": {"tai shu"}, "申屠": {"shen tu"}, "仲孙": {"zhong sun"}, "轩辕": {"xuan yuan"},
	"钟离": {"zhong li"}, "赫连": {"he lian"}, "拓跋": {"tuo ba"}, "夹谷": {"jia gu"},
	"宰父": {"zai fu"}, "谷梁": {"gu liang"}, "段干": {"duan gan"}, "百里": {"bai li"},
	"东方": {"dong fang"}, "南宫": {"nan gong"}, "西门": {"xi men"}, "独孤": {"du gu"},
	"欧阳": {"ou yang"}, "司马": {"si ma"}, "上官": {"shang guan"}, "夏侯": {"xia hou"},
	"诸葛": {"zhu ge"}, "闻人": {"wen ren"}, "公孙": {"gong sun"}, "慕容": {"mu rong"},
	"司徒": {"si tu"}, "司空": {"si kong"}, "端木": {"duan mu"}, "子车": {"zi ju"},

	// Of one character, with a reading of its own.
	"曾": {"zeng"}, "单": {"shan"}, "查": {"zha"}, "解": {"xie"}, "仇": {"qiu"},
	"区": {"ou"}, "任": {"ren"}, "朴": {"piao", "pu"}, "盖": {"ge", "gai"}, "华": {"hua"},
	"尉": {"wei", "yu"}, "乐": {"yue", "le"}, "覃": {"qin", "tan"}, "缪": {"miao", "mou"},
	"隗": {"wei", "kui"}, "牟": {"mou", "mu"}, "翟": {"zhai", "di"}, "员": {"yun", "yuan"},
	"秘": {"bi", "mi"}, "冼": {"xian"}, "洗": {"xian"}, "黑": {"he", "hei"}, "召": {"shao"},
	"繁": {"po", "fan"}, "折": {"she"}, "种": {"chong"}, "重": {"chong"}, "晁": {"chao"},
	"钭": {"tou"}, "祭": {"zhai", "ji"}, "郇": {"xun", "huan"}, "逄": {"pang"}, "逯": {"lu"},
	"佴": {"nai"}, "乜": {"nie"}, "褚": {"chu"}, "訾": {"zi"}, "哈": {"ha"}, "那": {"na"},
	"幺": {"yao"}, "纪": {"ji"}, "宁": {"ning"}, "应": {"ying"}, "葛": {"ge"}, "车": {"che"},
	"贾": {"jia"}, "沈": {"shen"}, "薄": {"bo"}, "卜": {"bu"}, "柏": {"bai"}, "谌": {"chen", "shen"},
	"瞿": {"qu"}, "阚": {"kan"}, "阙": {"que"}, "过": {"guo"}, "会": {"gui"}, "句": {"gou"},
	"燕": {"yan"}, "干": {"gan"}, "石": {"shi"}, "叶": {"ye"}, "尹": {"yin"}, "万": {"wan"},
	"俞": {"yu"}, "娄": {"lou"}, "盛": {"sheng"}, "相": {"xiang"}, "行": {"xing"}, "宿": {"su"},
	"莘": {"shen", "xin"}, "费": {"fei", "bi"}, "能": {"nai"}, "藏": {"zang"}, "咸": {"xian"},
	"镡": {"tan", "chan"}, "佘": {"she"}, "厍": {"she"}, "靳": {"jin"}, "郗": {"xi", "chi"},
	"郤": {"xi"}, "郜": {"gao"}, "鲍": {"bao"}, "樊": {"fan"}, "乐于": {"yue yu"}, "呙": {"guo"},
	"佟": {"tong"}, "仝": {"tong"}, "撒": {"sa"}, "洪": {"hong"}, "眭": {"sui"}, "睢": {"sui"},
	"於": {"yu"}, "阿": {"a"}, "色": {"se"}, "参": {"shen"}, "称": {"chen"}, "弹": {"tan"},
	"都": {"du"}, "妫": {"gui"}, "适": {"kuo"}, "泷": {"shuang"}, "曲": {"qu"}, "吾": {"wu"},
	"夏": {"xia"}, "占": {"zhan"}, "郑": {"zheng"}, "祝": {"zhu"}, "庄": {"zhuang"}, "臧": {"zang"},
	"强": {"qiang", "jiang"}, "肖": {"xiao"}, "系": {"xi"}, "降": {"jiang"}, "恽": {"yun"},
	"鱼": {"yu"}, "余": {"yu"}, "庹": {"tuo"}, "麴": {"qu"}, "厘": {"li"}, "叔": {"shu"},
}

// words are read otherwise than their characters alone; the names of trades
// are full of them.
var words = map[string]string{
	"模具": "mu ju", "模样": "mu yang", "调度": "diao du", "调车": "diao che", "调查": "diao cha",
	"银行": "yin hang", "行业": "hang ye", "音乐": "yin yue", "乐器": "yue qi", "重新": "chong xin",
	"重庆": "chong qing", "船长": "chuan zhang", "班长": "ban zhang", "会计": "kuai ji", "供给": "gong ji",
	"校验": "jiao yan", "校准": "jiao zhun", "校对": "jiao dui", "地铁": "di tie", "的士": "di shi",
}

// characters are read so more often, here, than the dictionary's first reading.
var characters = map[rune]string{'阿': "a", '卜': "bu", '调': "tiao"}
