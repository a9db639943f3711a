import pytest

from aligner.errors import LanguageError
from aligner.languages.identification import (
    MIN_SURE_LETTERS,
    Identifier,
    count,
    count_letters,
    identify,
    is_short,
    seen_instead,
)
from aligner.languages.language_tags import canonical, name, primary

SENTENCES = {
    "ar": "ذهب الطفل إلى المدرسة في الصباح مع أخته الصغيرة.",
    "be": "Учора ўвечары дзеці доўга гулялі ў парку каля ракі.",
    "bg": "Вчера вечерта децата дълго си играха в парка край реката.",
    "cs": "Včera večer si děti dlouho hrály v parku u řeky.",
    "da": "I går aftes legede børnene længe i parken ved åen.",
    "de": "Gestern Abend spielten die Kinder lange im Park am Fluss.",
    "el": "Χθες το βράδυ τα παιδιά έπαιξαν πολλή ώρα στο πάρκο.",
    "en": "Yesterday evening the children played in the park for a long time.",
    "es": "Ayer por la tarde los niños jugaron mucho tiempo en el parque.",
    "fa": "دیروز عصر بچه‌ها مدت زیادی در پارک کنار رودخانه بازی کردند.",
    "fi": "Eilen illalla lapset leikkivät pitkään puistossa joen rannalla.",
    "fr": "Hier soir, les enfants ont joué longtemps dans le parc.",
    "he": "אתמול בערב הילדים שיחקו זמן רב בפארק ליד הנהר.",
    "hi": "कल शाम बच्चे नदी के किनारे पार्क में देर तक खेलते रहे।",
    "hr": "Jučer navečer djeca su se dugo igrala u parku uz rijeku, a majka je čekala tjedan dana.",
    "hu": "Tegnap este a gyerekek sokáig játszottak a parkban a folyónál.",
    "it": "Ieri sera i bambini hanno giocato a lungo nel parco.",
    "ja": "昨日の夕方、子供たちは公園で長い間遊んでいました。",
    "ko": "어제 저녁에 아이들은 공원에서 오랫동안 놀았다.",
    "nl": "Gisteravond speelden de kinderen lang in het park bij de rivier.",
    "no": "I går kveld lekte barna lenge i parken ved elven.",
    "pl": "Wczoraj wieczorem dzieci długo bawiły się w parku nad rzeką.",
    "pt": "Ontem à noite as crianças brincaram muito tempo no parque.",
    "ro": "Aseară copiii s-au jucat mult timp în parcul de lângă râu.",
    "ru": "Вчера вечером дети долго играли в парке у реки.",
    "sk": "Včera večer sa deti dlho hrali v parku pri rieke.",
    "sr": "Синоћ су се деца дуго играла у парку поред реке.",
    "sv": "I går kväll lekte barnen länge i parken vid ån.",
    "th": "เมื่อวานตอนเย็นเด็ก ๆ เล่นอยู่ในสวนสาธารณะเป็นเวลานาน",
    "tr": "Dün akşam çocuklar nehir kenarındaki parkta uzun süre oynadılar.",
    "uk": "Учора ввечері діти довго гралися в парку біля річки.",
    "zh": "昨天傍晚孩子们在河边的公园里玩了很久。",
}


@pytest.mark.parametrize(("lang", "text"), SENTENCES.items())
def test_one_sentence_is_enough(lang, text):
    assert Identifier().identify(text).lang == lang


def test_restriction_belongs_to_the_instance():
    narrow, wide = Identifier(["en-GB", "ru"]), Identifier()
    assert narrow.identify("Ich bin ein Berliner und kein Londoner.").lang in {"en", "ru"}
    assert wide.identify("Ich bin ein Berliner und kein Londoner.").lang == "de"
    assert {guess.lang for guess in narrow.rank("Topics")} == {"en", "ru"}
    assert sum(guess.probability for guess in narrow.rank("Topics")) == pytest.approx(1.0)


def test_unknown_languages_in_the_choice_are_no_failure():
    assert Identifier(["en", "tlh"]).identify("Good morning.").lang == "en"


def test_blocks_vote_with_their_letters():
    texts = ["Hello there.", "OK", SENTENCES["ru"] * 3, "1", "***"]
    assert identify(texts) == "ru"
    assert identify(["123", "* * *"]) == "und"
    assert identify([]) == "und"


def test_votes_are_the_letters_of_what_has_letters():
    texts = [SENTENCES["ru"], "12345", SENTENCES["de"]]
    assert sum(count(texts).values()) == pytest.approx(sum(map(count_letters, texts)))
    assert count(["12345", ""]) == {}


def test_a_text_in_another_language_is_seen():
    assert seen_instead("en", [SENTENCES["hu"] * 3]) == "hu"
    assert seen_instead("hu-HU", [SENTENCES["hu"] * 3]) == ""


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        ("en", [SENTENCES["hu"] * 2, SENTENCES["el"] * 2]),  # one as much as the other
        ("en", ["Ночь."]),  # too little to be sure of
        ("sk", [SENTENCES["cs"] * 3]),  # it is mistaken for this one
        ("tlh", [SENTENCES["hu"] * 3]),  # nobody can tell that it is not Klingon
        ("en", ["12345"]),
        ("en", []),
    ],
)
def test_nobody_is_told_of_what_is_not_sure(given, texts):
    assert seen_instead(given, texts) == ""


def test_so_many_letters_are_enough_to_be_sure():
    letters = "".join(filter(str.isalpha, SENTENCES["th"] * 3))
    assert seen_instead("en", [letters[: MIN_SURE_LETTERS - 1]]) == ""
    assert seen_instead("en", [letters[:MIN_SURE_LETTERS]]) == "th"


def test_a_hundred_letters_are_not_short():
    assert is_short([])
    assert is_short(["a" * 50, "1" * 50, "b" * 49])
    assert not is_short(["a" * 50, "b" * 50])


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ZH-tw", "zh-TW"), ("EN_us", "en-US"), ("rus", "ru"), ("sr-latn-rs", "sr-Latn-RS"),
     ("iw", "he"), ("ES-419", "es-419"), ("de", "de")],
)  # fmt: skip
def test_tags_become_canonical(tag, expected):
    assert canonical(tag) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize("tag", ["english", "", "e", "12", "en--US", "рус", "en US"])
def test_what_is_no_tag_is_refused(tag):
    with pytest.raises(LanguageError, match="is not a language tag"):
        canonical(tag)


def test_names_and_primary_subtags():
    assert primary("zh-TW") == "zh"
    assert name("en-GB") == "English (en-GB)"
    assert name("tlh") == "Klingon (tlh)"
    assert name("xx") == "xx"
