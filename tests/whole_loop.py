"""One whole loop in a city: registered, posted, approved, applied, hired, lost, helped."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.chat import City, Person

FIRM_CODE = "91510623MA6234567C"
POST = "中江南华镇招平车工6名,计件4000-5500,中午管饭,55岁以下,联系人钱进宝13900007777"
# Said by people about themselves and others; none of it may be readable where it is stored.
PRIVATE = (
    "陈桂芳",
    "13900001234",
    "李红霞",
    "13900005678",
    "钱进宝",
    "13900007777",
    "踩平车 屋头有娃",
    "屋头有娃",
    "只在中江",
    "工资也没给",
    "赵大富",
    "清平坝",
    "月底补八千八",
    "莫跟别个讲",
    "我记到了",
)


@dataclass
class Loop:
    """Everybody in it, and every line that was typed and heard, in order."""

    city: City
    officer: Person = field(init=False)
    boss: Person = field(init=False)
    worker: Person = field(init=False)
    typed: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.officer = self.city.officer("周明", scope="5106")
        self.boss = self.city.person("boss")
        self.worker = self.city.person("guifang")

    def run(self) -> None:
        """Walk through it, from the firm's first word to the officer's last."""
        self.firm_posts()
        self.worker_applies()
        self.firm_hires()
        self.worker_loses_it()
        self.officer_helps()

    def firm_posts(self) -> None:
        """Register a firm, post a vacancy, and have both approved."""
        self.says(self.boss, "/enterprise", "鸿蒙制衣厂", FIRM_CODE, "中江南华镇")
        self.says(self.boss, "李红霞", "139 0000 5678", "1")
        self.listens(self.officer)
        self.taps(self.officer, "核实了")
        self.says(self.boss, POST, "1")
        self.listens(self.officer)
        self.taps(self.officer, "现在审")
        self.taps(self.officer, "通过")
        self.city.app.refresh_board()

    def worker_applies(self) -> None:
        """Let a stranger be met, shown the vacancy, remembered, and apply."""
        self.says(self.worker, "你好", "踩平车 屋头有娃 只在中江 要四千", "要得")
        self.taps(self.worker, "报名")
        self.taps(self.worker, "同意")
        self.says(self.worker, "74年", "陈桂芳", "13900001234", "1", "1")

    def firm_hires(self) -> None:
        """Let the firm see who applied and say that she starts."""
        self.listens(self.boss)
        self.taps(self.boss, "记结果")
        self.taps(self.boss, "录用")
        self.taps(self.boss, "今天")
        self.listens(self.worker)
        self.city.pass_time(days=3)
        self.listens(self.worker)

    def worker_loses_it(self) -> None:
        """Let her say two things in one line."""
        self.says(self.worker, "没搞了 工资也没给 老板叫赵大富 在清平坝那边")
        self.listens(self.officer)

    def officer_helps(self) -> None:
        """Let the officer open the case, note something, and talk with her."""
        self.taps(self.officer, "打开")
        self.taps(self.officer, "记一笔")
        self.says(self.officer, "陈桂芳说老板月底补八千八")
        self.taps(self.officer, "看电话")
        self.taps(self.officer, "跟他说话")
        self.says(self.worker, "莫跟别个讲")
        self.says(self.officer, "我记到了", "/done")
        self.listens(self.worker)
        self.says(self.worker, "我的信息")

    def says(self, person: Person, *lines: str) -> None:
        """Let `person` type these lines and keep everything that everybody hears."""
        for line in lines:
            self.typed.append(line)
            self.heard += person.says(line)

    def taps(self, person: Person, label: str) -> None:
        """Let `person` tap the newest button with `label`."""
        self.heard += person.taps(label)

    def listens(self, person: Person) -> None:
        """Let `person` look at what came in by itself."""
        self.heard += person.listens()
