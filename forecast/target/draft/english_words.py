"""The words that English targets are made of. Each table is a rule: a speaker checks and extends it here."""

from __future__ import annotations

# Verbs and nouns of a rise and of a fall; their forms follow from the stem.
RISE = (
    "increas", "rais", "improv", "expand", "enhanc", "boost", "grow", "scal", "lift", "extend", "strengthen",
    "upgrad", "rise", "rising", "accelerat",
    "augment", "step up", "climb", "widen", "growth", "expansion", "improvement", "gain", "exceed", "surpass",
    "go up", "additional",
)  # fmt: skip
FALL = (
    "reduc", "bringing down", "cap", "limit", "cut", "lower", "decreas", "bring down", "brought down", "curb",
    "declin", "shrink", "drop", "fall", "diminish", "minimi", "curtail",
    "slash", "phase down", "contain", "mitigat", "saving", "narrow", "abat", "decline", "dip", "come down",
)  # fmt: skip
REACH = (
    "reach", "achiev", "attain", "take", "taken", "bring", "brought", "hit", "ensur", "maintain", "secur",
    "deliver", "meet", "set", "get", "keep", "hold",
    "sustain", "realiz", "realis", "touch", "have", "cover", "account", "provid", "make up", "represent",
    "go from", "stabili",
)  # fmt: skip
MAKE = (
    "generat", "creat", "build", "add", "plant", "construct", "install", "lay", "laid", "develop", "train",
    "establish", "deploy", "open", "set up",
    "restore", "electrif", "connect", "skill", "launch", "produce new", "put on the road", "renovat",
    "retrofit", "rehabilitat",
)  # fmt: skip
# Edges of a number: before it, and behind it.
AT_LEAST = (
    "at least", "no less than", "not less than", "a minimum of", "minimum of", "minimum", "more than", "over",
    "above", "upwards of", "exceeding", "in excess of", "exceed",
    "greater than", "higher than", "at a minimum", "≥", ">", "or above", "or more", "or higher", "and above",
    "and more", "well over", "no fewer than", "beyond",
    "surpass", "no lower than", "not lower than",
)  # fmt: skip
AT_MOST = (
    "at most", "no more than", "not more than", "a maximum of", "maximum of", "less than", "below", "under",
    "fewer than", "lower than", "as low as", "not exceeding",
    "not exceed", "up to a maximum of", "≤", "<", "or less", "or below", "or lower", "within", "capped at",
    "limited to", "not to exceed", "or fewer", "at or below", "no higher than",
    "at least as low as", "does not exceed", "not rise above", "rise above", "not go above", "no higher than",
    "not surpass", "no larger than", "no greater than", "not be larger than",
)  # fmt: skip
ABOUT = (
    "around",
    "about",
    "approximately",
    "roughly",
    "nearly",
    "almost",
    "close to",
    "some",
    "circa",
    "or so",
    "~",
    "approx.",
    "near",
    "in the region of",
)
# Less is better for what is called so, where neither verb nor edge says which way.
LESS_IS_BETTER = (
    "mortality", "emission", "unemployment", "poverty", "loss", "inflation", "imr", "mmr", "death", "disease",
    "malnutrition", "stunting", "wasting", "illiteracy", "dropout",
    "drop-out", "deficit", "debt", "pollut", "pm2.5", "pm10", "incidence", "prevalence", "consumption per",
    "energy intensity", "carbon intensity", "waste", "crime", "accident",
    "cpi", "consumer price", "early leavers", "leakage", "fertility", "anaemia", "underweight",
    "undernutrition", "under-nutrition", "hunger", "obesity", "smok", "suicide",
    "primary energy consumption", "final energy consumption", "gini", "injur", "landfill", "tobacco",
    "infection", "nitrogen", "phosph", "pesticide", "road fatal", "fatalit",
    "at risk of", "gap", "price", "neet", "import dependen", "water use", "abstraction", "soil sealing",
    "head-count", "headcount", "burden", "out-of-pocket", "vacancy",
)  # fmt: skip
PLANNED = (
    r"\bto (?:account|go|have|reach|rise|grow|increase|fall|make up|cover|exceed|drop|expand|decline"
    r"|decrease|achieve|improve|cap|cut|raise|create|boost|reduce)\b", r"\bwill\b", r"\bwould\b",
    r"\benvision", r"\bshall\b", r"\btargets?\b", r"\bgoals?\b", r"\bobjectives?\b", r"\baim(?:s|ed|ing)?\b",
    r"\bshould\b", r"\bmust\b", r"\bto be\b", r"\bplan(?:s|ned)? to\b",
    r"\bcommit(?:s|ted|ment)?\b", r"\bpledg", r"\bintend", r"\bambition", r"\bseek(?:s|ing)? to\b",
    r"\bwe are to\b", r"\bby (?:the )?(?:end (?:of )?)?(?:the )?(?:year )?20[2-9]\d", r"\bprojected\b",
    r"\bstriv", r"\bresol(?:ve|ution)", r"\benvisag", r"\bset to\b", r"\bvision\b", r"\bobligation",
    r"\bby the end of\b", r"\bexpected\b", r"\brequire[sd]?\b", r"\bpropos",
    r"\bendeavou?r", r"\bindicative", r"\btrajectory", r"\bmandate", r"\bneeds? to\b", r"\bcontribution",
)  # fmt: skip
PAST = (
    r"\bwas\b", r"\bwere\b",
    r"\bha[sd] (?:been|already|increased|decreased|fallen|risen|grown|reached|achieved|declined|dropped"
    r"|improved|reduced)\b",
    r"\bhave (?:been|already|increased|fallen|risen|grown|reached|achieved|declined|dropped|improved"
    r"|reduced)\b",
    r"\bstood at\b", r"\bincreased (?:by|from|to)\b", r"\brose (?:by|from|to)\b", r"\bfell (?:by|from|to)\b",
    r"\bgrew (?:by|from|at)\b", r"\bdeclined (?:by|from|to)\b", r"\bcurrently\b", r"\bachieved\b(?! by)",
    r"\bdropped (?:by|from|to)\b", r"\bpreviously\b", r"\bat present\b", r"\baccounted for\b", r"\breached\b",
    r"\bamounted\b", r"\baveraged\b", r"\btotal(?:l)?ed\b",
)  # fmt: skip
# What the base of a change is introduced with.
BASES = (
    r"(?:compared (?:to|with)|in comparison (?:to|with)|relative to|from|below|against|over|on|versus"
    r"|vs\.?|than(?: in)?|with respect to|of)"
)
# Where the name of an indicator begins: what is cut off before it.
LEADS = (
    "we will", "it will", "will", "we are to", "we shall", "our goal is to", "the goal is to", "our goal",
    "goal", "the objective is to", "the objectives for the", "the objective of", "the objectives for",
    "the objective for", "the target for", "the targets for", "the target of", "targets for", "target for",
    "a target of", "target of", "target to", "target", "aims to", "aim to", "to", "also", "and", "or", "with",
    "that", "the", "a", "an",
    "by", "ensure that", "ensure", "of", "in", "our", "its", "their", "all countries aiming", "aiming",
    "sets", "set", "objective", "objectives", "total", "this", "these", "is", "are", "be", "further",
    "substantially",
    "targeting", "including", "includes", "include",
    "as well as", "namely", "i.e.", "at", "for", "from", "has", "have", "have a", "setting",
    "binding", "national", "key", "main", "overall", "achieve", "achieving", "achieves", "reach", "reaching",
    "secure", "progressively",
    "every state must", "state", "government", "must", "should", "shall", "plan to", "plans to", "commits to",
    "committed", "pledges to", "contribute to", "on", "while", "such as", "up", "down", "more", "every",
    "maintain", "keep", "which", "where",
)  # fmt: skip
UNITS = (
    "mu", "tones",    "percentage points?", "percent", "pct", "per cent", "per cent", "%", "‰", "pp",
    "metric tonnes?", "metric tons?", "million tonnes", "tonnes? of standard coal", "tonnes?", "tons?",
    "hectares?", "ha", "acres?", "sq\\.? ?km", "square kilometers?", "square kilometres?",
    "square meters?", "square metres?", "kilomet(?:er|re)s?", "km", "megawatts?", "gigawatts?", "kilowatts?",
    "MW", "GW", "kW", "GWh", "TWh", "MWh", "kWh", "Mtoe", "ktoe", "Mt ?CO2(?:[- ]?eq?)?", "MtCO2e?",
    "MMTCO2e", "Mt", "kt", "PJ", "EJ", "toe",
    "tCO2e?", "years?", "days?", "hours?", "minutes?", "dollars?", "rupees?", "euros?", "yuan", "USD", "INR",
    "EUR", "RMB", "litres?", "liters?", "cubic met(?:er|re)s?", "bcm", "bushels", "µg/m3", "μg/m3", "ug/m3",
    "dB", "points?", "times",
    "MT", "BU", "MTPA", "mt", "gigatonnes?", "Gt", "quintals?", "kg", "kilograms?", "kcal", "lakh crore",
)  # fmt: skip
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "lac": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "crores": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "bn": 1e9,
    "mn": 1e6,
}
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
# A part or a multiple in words, as the change it means in per cent.
BY_PARTS = (
    (r"by (?:one )?half|by 1/2", 50.0), (r"by (?:at least )?(?:one|a)[- ]third", 100 / 3),
        (r"by two[- ]thirds", 200 / 3), (r"by (?:one|a)[- ]quarter", 25.0), (r"by three[- ]quarters", 75.0),
            (r"by (?:one|a)[- ]fifth", 20.0),
)  # fmt: skip
TO_PARTS = (
    (r"to (?:one )?half(?: of)?", -50.0), (r"to (?:one|a)[- ]third(?: of)?", -200 / 3),
        (r"to (?:one|a)[- ]quarter(?: of)?", -75.0), (r"to two[- ]thirds(?: of)?", -100 / 3),
)  # fmt: skip
MULTIPLY = (
    ("double", 100.0),
    ("doubling", 100.0),
    ("triple", 200.0),
    ("tripling", 200.0),
    ("treble", 200.0),
    ("quadruple", 300.0),
    ("halve", -50.0),
    ("halving", -50.0),
)
