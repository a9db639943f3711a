"""Sentences to measure speed with where no texts are given: English and Russian, from parts.

Every part stands in the same form wherever it is used, so that the Russian is grammatical:
the one who acts is a man in the nominative, the deed has its object with it.
"""

import random
from collections.abc import Iterable

TIMES = """
On Monday morning|В понедельник утром; On Friday evening|В пятницу вечером
At the beginning of spring|В начале весны; At the end of winter|В конце зимы
After the great fire|После большого пожара; Before the war|Перед войной
During the fair|Во время ярмарки; Late at night|Поздно ночью
The day after the wedding|На следующий день после свадьбы; An hour before dawn|За час до рассвета
Three weeks later|Три недели спустя; In the year of the flood|В год наводнения
When the snow had melted|Когда растаял снег; As soon as it grew dark|Как только стемнело
On the last day of August|В последний день августа; In his youth|В молодости
At exactly noon|Ровно в полдень; One rainy Sunday|В одно дождливое воскресенье
"""
MEN = """
the smith|кузнец; the miller|мельник; the doctor|врач; the teacher|учитель; the baker|пекарь
the captain|капитан; the merchant|купец; the shepherd|пастух; the judge|судья; the cook|повар
the fisherman|рыбак; the tailor|портной; the carpenter|плотник; the gardener|садовник
the postman|почтальон; the painter|художник; the hunter|охотник; the bookseller|книготорговец
"""
FIRST_NAMES = """
Ivan|Иван; Pavel|Павел; Boris|Борис; Anton|Антон; Viktor|Виктор; Maxim|Максим; Roman|Роман
Nikita|Никита; Oleg|Олег; Stepan|Степан; Denis|Денис; Kirill|Кирилл; Gleb|Глеб; Timur|Тимур
"""
LAST_NAMES = """
Orlov|Орлов; Petrov|Петров; Sokolov|Соколов; Morozov|Морозов; Volkov|Волков; Lebedev|Лебедев
Zaitsev|Зайцев; Pavlov|Павлов; Golubev|Голубев; Vinogradov|Виноградов; Titov|Титов
Belov|Белов; Komarov|Комаров; Kiselev|Киселёв; Makarov|Макаров; Andreev|Андреев; Ilyin|Ильин
"""
DEEDS = """
sold his old horse|продал свою старую лошадь; wrote a long letter|написал длинное письмо
mended the roof|починил крышу; found a silver coin|нашёл серебряную монету
lost his gloves|потерял перчатки; bought a new boat|купил новую лодку
read the newspaper aloud|прочёл газету вслух; planted an apple tree|посадил яблоню
heard a strange noise|услышал странный шум; drank two cups of tea|выпил две чашки чая
broke his leg|сломал ногу; hid the key|спрятал ключ; told a funny story|рассказал смешную историю
caught a huge pike|поймал огромную щуку; saw a black cat|увидел чёрную кошку
forgot his umbrella|забыл зонтик; lit the lamps|зажёг лампы; won at chess|выиграл в шахматы
washed the windows|вымыл окна; paid all his debts|заплатил все долги
played the violin|играл на скрипке; counted the sheep|пересчитал овец
"""
PLACES = """
by the river|у реки; behind the church|за церковью; at the market|на рынке; in the garden|в саду
on the bridge|на мосту; near the station|около вокзала; in the mountains|в горах
under the old oak|под старым дубом; in the library|в библиотеке; at the harbour|в порту
opposite the hospital|напротив больницы; in the cellar|в подвале; on the island|на острове
at his brother's house|в доме своего брата; in the square|на площади; at the mill|на мельнице
"""


def _parts(text: str) -> list[tuple[str, str]]:
    """Read parts: English and Russian, a bar between them."""
    parts = [part.strip().partition("|") for line in text.split("\n") for part in line.split(";")]
    return [(english, russian) for english, _, russian in parts if english]


_TIMES, _PLACES, _DEEDS = _parts(TIMES), _parts(PLACES), _parts(DEEDS)
_MEN, _FIRST_NAMES, _LAST_NAMES = _parts(MEN), _parts(FIRST_NAMES), _parts(LAST_NAMES)


def man(rng: random.Random) -> tuple[str, str]:
    """Name a man and his trade, in English and in Russian: `the smith Ivan Orlov`."""
    return _joined(rng.choice(each) for each in (_MEN, _FIRST_NAMES, _LAST_NAMES))


def sentence(rng: random.Random) -> tuple[str, str]:
    """Say what one man did, in English and in Russian, and half the time what another did."""
    english, russian = _clause(rng)
    when = rng.choice(_TIMES)
    if rng.random() < 0.5:
        also_english, also_russian = _clause(rng)
        english, russian = f"{english}, and {also_english}", f"{russian}, а {also_russian}"
    return f"{when[0]} {english}.", f"{when[1]} {russian}."


def _clause(rng: random.Random) -> tuple[str, str]:
    return _joined([man(rng), rng.choice(_DEEDS), rng.choice(_PLACES)])


def _joined(parts: Iterable[tuple[str, str]]) -> tuple[str, str]:
    english, russian = zip(*parts, strict=True)
    return " ".join(english), " ".join(russian)
