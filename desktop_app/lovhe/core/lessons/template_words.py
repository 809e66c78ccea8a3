"""The texts of a new lesson in each language: headings as lessons have them, and a TODO wherever the author has to write."""

from __future__ import annotations

WORDS = {
    "az": {"title": "dərsin adı"},
    "ru": {"title": "название урока"},
    "en": {"title": "the lesson's title"},
}

_AZ = """\
+++
title = "@TITLE@"
goal = "TODO: şagird dərsin sonunda nə edə biləcək?"

[steps.guess]
question = "TODO: bu proqram nə edəcək?"
choices = { once = "TODO: bir dəfə.", always = "TODO: dayanmadan.", never = "TODO: heç vaxt." }
after = "TODO: niyə belədir?"

[checks.works]
title = "TODO: nə yoxlanılır?"
why = "TODO: bu niyə lazımdır?"
hints = ["TODO: istiqamət verən sual?", "TODO: əsas fikir.", "TODO: demək olar ki, hazır sətir."]
+++

## TODO: şagirdlərin həyatından bir hekayə {#story}

TODO: hekayəni yazın.

## 1. Dövrəni yığın {#build}

USB kabelini çıxarın.

{wiring}

**Nə görməlisiniz:** TODO.

## 2. Təxmin edin, sonra işə salın {#guess}

{program}

**Nə görməlisiniz:** TODO.

## 3. Dəyişin {#forever}

TODO: nə dəyişməlidir?

{program}

**Nə görməlisiniz:** TODO.

## 4. Özünüz yazın {#own}

TODO: tapşırıq.

{program}

**Nə görməlisiniz:** TODO.

## Bu sözləri yadda saxlayın {#words}

| Söz | Mənası |
|---|---|
| TODO | TODO |

## Tez bitirənlər üçün {#stretch}

1. TODO: daha bir tapşırıq.
"""

_RU = """\
+++
title = "@TITLE@"
goal = "TODO: что ученик сможет в конце урока?"

[steps.guess]
question = "TODO: что сделает эта программа?"
choices = { once = "TODO: один раз.", always = "TODO: без остановки.", never = "TODO: никогда." }
after = "TODO: почему это так?"

[checks.works]
title = "TODO: что проверяется?"
why = "TODO: зачем это нужно?"
hints = ["TODO: наводящий вопрос?", "TODO: идея.", "TODO: почти готовая строка."]
+++

## TODO: история из жизни учеников {#story}

TODO: напишите историю.

## 1. Соберите цепь {#build}

Отключите кабель USB.

{wiring}

**Что вы должны увидеть:** TODO.

## 2. Предскажите, потом запустите {#guess}

{program}

**Что вы должны увидеть:** TODO.

## 3. Измените {#forever}

TODO: что должно измениться?

{program}

**Что вы должны увидеть:** TODO.

## 4. Напишите сами {#own}

TODO: задание.

{program}

**Что вы должны увидеть:** TODO.

## Запомните слова {#words}

| Слово | Значение |
|---|---|
| TODO | TODO |

## Если закончили раньше {#stretch}

1. TODO: ещё одно задание.
"""

_EN = """\
+++
title = "@TITLE@"
goal = "TODO: what can a pupil do at the end of the lesson?"

[steps.guess]
question = "TODO: what will this program do?"
choices = { once = "TODO: once.", always = "TODO: again and again.", never = "TODO: never." }
after = "TODO: why is it so?"

[checks.works]
title = "TODO: what is checked?"
why = "TODO: what is it good for?"
hints = ["TODO: a question that gives a nudge?", "TODO: the idea.", "TODO: nearly the code."]
+++

## TODO: a story from the pupils' life {#story}

TODO: write the story.

## 1. Build the circuit {#build}

Pull the USB cable out first.

{wiring}

**You should see:** TODO.

## 2. Predict, then run {#guess}

{program}

**You should see:** TODO.

## 3. Change it {#forever}

TODO: what shall be different?

{program}

**You should see:** TODO.

## 4. Make your own {#own}

TODO: the task.

{program}

**You should see:** TODO.

## Words to know {#words}

| Word | Meaning |
|---|---|
| TODO | TODO |

## If you are early {#stretch}

1. TODO: one task more.
"""

PUPIL = {"az": _AZ, "ru": _RU, "en": _EN}
"""What pupils read; @TITLE@ stands for the title."""

TEACHER = {
    "az": {
        "aim": ("Məqsəd", "TODO: şagirdlər nə öyrənir?"),
        "plan": ("Vaxt bölgüsü, 45 dəqiqə", "| Dəqiqə | Nə baş verir | Siz nə edirsiniz |\n|---|---|---|\n| 0–5 | TODO | TODO |"),
        "parts": ("Lövhə və detallar", "TODO: nəyə diqqət yetirmək lazımdır?"),
        "answers": ("Cavablar", "TODO: hər addımın cavabı."),
        "freedom": ("Hər yoxlama nəyə sərbəstlik verir", "TODO: hansı həllər də düzgündür?"),
        "errors": ("Hansı çətinliklər olur və nə soruşmaq olar", "| Nə görürsünüz | Səbəb | Sual |\n|---|---|---|\n| TODO | TODO | TODO |"),
        "groups": ("Bir lövhədə üç şagird", "TODO: rollar və nə vaxt dəyişirlər."),
        "without": ("Lövhə yoxdursa və ya işıq kəsilibsə", "TODO: onda nə etmək olar?"),
        "assess": ("Formativ qiymətləndirmə", "TODO: nəyə qulaq asırsınız?"),
    },
    "ru": {
        "aim": ("Цель", "TODO: чему учатся ученики?"),
        "plan": ("План на 45 минут", "| Минуты | Что происходит | Ваша роль |\n|---|---|---|\n| 0–5 | TODO | TODO |"),
        "parts": ("Плата и детали", "TODO: на что обратить внимание?"),
        "answers": ("Ответы", "TODO: ответ к каждому шагу."),
        "freedom": ("Какую свободу оставляет каждая проверка", "TODO: какие ещё решения верны?"),
        "errors": ("Что может пойти не так и о чём спросить", "| Что видно | Причина | Вопрос |\n|---|---|---|\n| TODO | TODO | TODO |"),
        "groups": ("Трое у одной платы", "TODO: роли и когда они меняются."),
        "without": ("Если нет плат, если нет света", "TODO: что делать тогда?"),
        "assess": ("Формативное оценивание", "TODO: к чему прислушаться?"),
    },
    "en": {
        "aim": ("Aim", "TODO: what do pupils learn?"),
        "plan": ("Time plan, 45 minutes", "| Minutes | What happens | Your part |\n|---|---|---|\n| 0–5 | TODO | TODO |"),
        "parts": ("Board and parts", "TODO: what is there to look out for?"),
        "answers": ("Answers", "TODO: the answer of each step."),
        "freedom": ("What each check leaves free", "TODO: which other ways are right?"),
        "errors": ("What goes wrong, and what to ask", "| You see | Cause | Ask |\n|---|---|---|\n| TODO | TODO | TODO |"),
        "groups": ("Three pupils at a board", "TODO: the roles, and when they change."),
        "without": ("No boards, no power", "TODO: what to do then?"),
        "assess": ("Formative assessment", "TODO: what do you listen for?"),
    },
}
"""The heading and the text of each section of a teacher's page."""
