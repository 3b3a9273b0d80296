"""Signs of a false offer, each with its weight; a strong one or two weak ones raise suspicion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.understanding.law.clauses import WARNING, Concern, Rule, rule, spans_of

STRONG, WEAK = 2, 1
_WARNED = f"{WARNING}|正规渠道|不刷单|非刷单|拒绝刷单|不是刷单|严禁|对外劳务|外派劳务|经营资格"
_UNSKILLED = (
    "(?:手工|在家|居家|打字|客服|点赞|刷|兼职|服务员|普工|学生|宝妈|手机|轻松|简单|无需?经验|不限经验|零基础|不要经验|夜总会|夜场|佳丽|陪酒|公关|"
    "模特|陪聊|网络|躺|日结|来了就发|名额|打包员|充场)"
)
_DAY = "(?:一天|日赚|日入|日收入|每天|天天|日结|日薪|一日|单日|/天|当天)"
_ABROAD = "(?:柬埔寨|缅甸|缅北|老挝|菲律宾|迪拜|妙瓦底|金三角|西港|木姐|果敢|佤邦|kk园区)"


@dataclass(frozen=True, slots=True)
class FraudSignal:
    """A sign of a false offer as found in a post.

    Attributes:
        name: What it is a sign of, such as `money_first`.
        weight: 2 raises suspicion alone, 1 only beside another.
        start: Where its words begin in the folded text.
        end: Where they end.
    """

    name: str
    weight: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str
    weight: int
    rule: Rule


def _sign(
    name: str, weight: int, *, words: str, hints: str = "", unless: str = "", near: str = ""
) -> _Sign:
    warned = f"{_WARNED}|{near}" if near else _WARNED
    return _Sign(name, weight, rule(words, hints=hints, unless=unless, near=warned))


_SIGNS = (
    _sign(
        "smuggling",
        STRONG,
        hints="接应 过河 偷渡 偷越 过境 小路 山路 边境 蛇头",
        words="(?<!不)偷渡|偷越|带路过境|(?:小路|山路|边境)[^,。;!?]{0,4}(?:过去|出去|过境|出境)|(?<!离)(?<!签)过境(?!签|货|车|运)|蛇头|(?:有人|带你|接应)[^,。;!?]{0,4}(?:过河|过江|翻山)",
    ),
    _sign(
        "no_identity",
        STRONG,
        hints="护照 签证 身份证 证件",
        words="(?:不用|无需|不要|不需要?|免|不查|不看|不验|不登记|不核对|无需任何|不要任何|(?:不用|无需|不需要?)(?:出示|提供|登记|查))(?:护照|签证|身份证(?!原件|复印|号)|证件(?!照|原件|复印))|"
        "身份证(?:也|都)不(?:要|看|查|用|验)(?!押|扣|交|收|复印|带)|"
        "(?:没有?|没得|无|莫得)(?:身份证|护照|证件)(?:的)?(?:小娃娃|小孩|人)?(?:也|都|照样)[^,。;!?]{0,3}(?:可|行|要|收|能|来|进|招)",
        unless="上岗证|资格证|操作证|证书|驾|不要身份证(?:原件|复印件)|抵押|押金|保管|扣",
    ),
    _sign(
        "lawless_region",
        STRONG,
        hints="缅北 妙瓦底 金三角 西港 果敢 佤邦 泰缅 园区",
        words="(?:缅北|妙瓦底|金三角|西港|果敢|佤邦|kk园区|泰缅边境|园区(?:打字|客服|推广))[^,。;!?]{0,8}",
        near="谨慎",
    ),
    _sign(
        "abroad_risky",
        STRONG,
        hints="柬埔寨 缅甸",
        words="(?:柬埔寨|缅甸)(?![^,。;!?]{0,3}(?:玉|翡翠|大米|木|菜|料理|餐|香米|琥珀|华侨|语))[^,。;!?]{0,8}",
        near="玉石|翡翠|珠宝|红木",
    ),
    _sign(
        "abroad",
        WEAK,
        hints="老挝 菲律宾 迪拜 泰国 越南 海外 境外 出国 出境",
        words="(?:老挝|菲律宾|迪拜|泰国|越南|海外|境外|出国|出境)(?:务工|工作|打工|园区|[^,。;!?]{0,4}(?:客服|打字|推广|厨师))",
        near="证书编号",
    ),
    _sign(
        "abroad_high_pay",
        STRONG,
        hints="高薪",
        words="(?:海外|境外|出国|国外)高薪|高薪(?:海外|境外|出国|国外)",
    ),
    _sign(
        "money_first",
        STRONG,
        hints="先 扫码 钱 款",
        words=r"先(?:转账?|打款?|汇款?|充值?|垫付?)(?:[^,。;!?]{0,6}?(?:\d{2,5}|钱|款|费|元|块|账|百)[^,。;!?]{0,6}|(?=[^,。;!?]{0,6}(?:再|后)))|"
        r"先(?:交|付)[^,。;!?不押培报]{0,3}(?:钱|款|费)(?=[^,。;!?]{0,3}(?:再|才|后))|先(?:交|付)(?:钱|款|费)[^,。;!?]{0,6}|扫码[^,。;!?]{0,3}(?:付|交|转|缴)[^,。;!?]{0,6}|"
        r"先(?:交|付)[^,。;!?]{0,6}\d{2,5}[^,。;!?]{0,3}(?:再|后|才)(?:安排|上岗|上班|派单|面试|发货|介绍)(?!住|宿)|"
        r"(?:交|付|转)(?:完|了)?(?:钱|款)(?:以?后|才|再)[^,。;!?]{0,6}",
        unless="打(?:扫|包|磨|电话|卡|印)|转正|不(?:用|需|要|收|准|得)[^,。;!?]{0,4}先|无需先|公司先|我们先|厂里先|老板先|工资",
    ),
    _sign(
        "fake_orders",
        STRONG,
        hints="刷 点赞 跑分 卡 微信 任务 转账",
        words="刷单|刷信誉|刷好评|点赞(?:员|[^,。;!?]{0,3}(?:赚|任务|兼职|日结))|跑分|(?:出租|收购?|出借|租用|借用|高价收)(?:你的|个人)?(?:银行卡|电话卡|微信号?)|(?:做任务|垫付?)[^。;!?]{0,10}返(?:佣|现|利|本)|转账验证",
    ),
    _sign(
        "absurd_pay",
        STRONG,
        hints="天 日 躺",
        words=rf"{_DAY}(?:轻松|稳定|可?赚|收入|能|就|可|挣|有|至少|保底)*(?:\d{{4,5}}(?![月年.])|上千|过千|千元|[一二两三五六七八九]千|\d{{3}}-\d{{4}})[^,。;!?]{{0,2}}|"
        r"躺赚|日进斗金",
        unless="人次|单量|件|方|米|吨|公里|步",
    ),
    _sign(
        "very_high_pay",
        WEAK,
        hints="万 0000",
        words=r"(?:月(?:入|薪|收入|挣|赚)|一个?月)(?:轻松|稳定|可|保底|至少|收入|能|都|就|到手|高达)*[^,。;!?\d]{0,3}"
        r"(?:[3-9]|[1-9]\d|[三四五六七八九]|几|十几|[一二三]?十)(?:\.\d)?(?:-{1,2}\d{1,2}|到[\d四五六七八九十])?万[^,。;!?]{0,2}|"
        r"[3-9]0000(?:元|块)?(?:/月|一个?月|每月)",
    ),
    _sign(
        "guaranteed",
        WEAK,
        hints="包过 包拿证 保证 保录 内部 交钱 关系",
        words="包过|包拿证|保证(?:上岗|录取|入职)|保录取?|内部(?:名额|指标|关系)|交钱就(?:上|进)|有关系",
    ),
    _sign(
        "hurry",
        WEAK,
        hints="名额",
        words=r"名额(?:只剩|有限|仅剩|不多)[^,。;!?]{0,4}|只剩\d+个名额|最后\d+个名额|锁定名额",
    ),
    _sign(
        "effortless",
        WEAK,
        hints="手机 手指 足不出户 轻松 躺 睡",
        words="(?:一部|一台|有个?)手机就[能可行]做?|动动手指|足不出户[^,。;!?]{0,4}赚|轻松(?:赚|月入|日入|过万)|躺着赚|睡后收入",
    ),
    _sign(
        "private_contact",
        WEAK,
        hints="微信 信 vx qq 飞机 telegram 蝙蝠 whatsapp",
        words="(?:加|私|联系|添加)(?:我)?(?:微信|v信|vx|qq|威信|薇信|飞机|telegram|蝙蝠|whatsapp)[^,。;!?]{0,4}",
        unless="电话同号|微信同号|同微信",
    ),
    _sign(
        "borrowed_identity",
        WEAK,
        hints="身份证 证件",
        words="(?:借|用|拿)(?:别人|他人|亲戚|他哥|人家|朋友)[^,。;!?]{0,3}(?:身份证|证件)",
    ),
    _sign(
        "bounty",
        WEAK,
        hints="返",
        words=r"返费(?:高达|最高)?\d{4,5}|高额?返费|入职(?:就|即|立)返\d{4,5}",
    ),
    _sign(
        "no_questions",
        WEAK,
        hints="年龄 案底 来路 啥人",
        words="不看年龄|不查案底|有案底[^,。;!?]{0,3}(?:也|都)|不问来路|啥人都要",
    ),
)
_SKILLED_PAY = re.compile(
    "焊|塔吊|高空|船|潜水|蜘蛛人|工程|合计|一车|整车|包车|月嫂|医|飞|律师|经纪人|流水"
)


def fraud_signals(text: str) -> tuple[FraudSignal, ...]:
    """Return every sign of a false offer in a folded text, in its order.

    Daily pay far above the usual counts fully only beside words of unskilled work: a welder
    may earn a thousand a day.
    """
    found = [
        FraudSignal(sign.name, _weight(sign, text), start, end)
        for sign in _SIGNS
        for start, end in spans_of(text, (sign.rule,))
    ]
    return tuple(sorted(found, key=lambda signal: (signal.start, signal.end)))


def _weight(sign: _Sign, text: str) -> int:
    if sign.name != "absurd_pay":
        return sign.weight
    if _SKILLED_PAY.search(text):
        return 0
    return STRONG if re.search(_UNSKILLED, text) else WEAK


def _find(text: str) -> Iterator[tuple[int, int]]:
    signals = fraud_signals(text)
    # The same sign twice is still one sign.
    weights = {signal.name: signal.weight for signal in signals}
    if sum(weights.values()) < STRONG:
        return
    heaviest = max(weights.values())
    yield from ((one.start, one.end) for one in signals if one.weight == heaviest)


FRAUD = Concern("suspected_fraud", ("",), tuple(sign.rule for sign in _SIGNS), _find)
