"""The cards of the package: one for each mechanism that a document has, exact, and no promise."""

from __future__ import annotations

import re
from datetime import date

import pytest

from content.policies.cards import PolicyCard, ReviewStatus
from content.policies.library import PolicyLibrary

TODAY = date(2026, 3, 5)
CHONGQING = """
    TRANSPORT TRAINFREE TRAINPRIO TRAINPACK SKILLCERT APPRENTICE TECHSCHOOL YULU PWJ REEMP GRAD
    STARTUP ENTINC FLEX WORKSHOP PENSIONPAY PENSIONTIER MEDCOUNTY MEDMAJOR ONESTOP REG CHANNELS
    CAMP COOP STATION BASEPLAT SOCARD TALENT TITLE
"""
DEYANG = """
    TRAINALLOW TECHSCHOOL PWJ PWJDUTY RELOC STABLE REEMP STARTUP ENTINC FLEX WORKSHOP WORKRELIEF
    PENSIONPAY PENSION60 REG CHANNELS CAMP COOP STATION TALENT TITLE
"""
# The words of the office that an answer has to carry, so that people know them at the counter.
TERMS = {
    "CQ-TRANSPORT-2016": "一次性|按票价据实补贴|火车硬席、高铁/动车二等座和公交长途汽车"
    "|其他部门已给予此项补贴的除外",
    "CQ-TRAINFREE-2016": "每年|至少1次|免费",
    "CQ-TRAINPRIO-2016": "优先|贫困妇女|残疾人|两后生",
    "CQ-TRAINPACK-2016": "乡村旅游|家政服务|养老护理|餐厅服务|订单培训|定岗培训|定向培训",
    "CQ-SKILLCERT-2016": "职业培训补贴|职业技能鉴定补贴|符合条件",
    "CQ-APPRENTICE-2016": "企业新型学徒制|试点|新成长劳动力",
    "CQ-TECHSCHOOL-2016": "2016—2020年|免学费|国家助学金|杂费、书本费和生活费给予适当补助",
    "CQ-YULU-2016": "每生每年3000元|财政扶贫资金",
    "CQ-PWJ-2016": "确实难以实现市场化就业|残疾人员|优先安置|按规定给予补贴",
    "CQ-REEMP-2016": "转岗培训|再就业服务",
    "CQ-GRAD-2016": "求职创业补贴|社保补贴|岗位补助|就业见习|技能培训",
    "CQ-ENTINC-2016": "税收优惠|按规定|贴息",
    "CQ-WORKSHOP-2016": "乡镇扶贫车间|村社代工点|手工编织",
    "CQ-PENSIONTIER-2016": "保留现行最低缴费档次",
    "CQ-PENSIONPAY-2016": "探索建立|全部或部分",
    "CQ-MEDCOUNTY-2016": "区域内区县级医院|10个百分点|起付线降低50%",
    "CQ-MEDMAJOR-2016": "20万元以内|50%|起付线降低50%",
    "CQ-ONESTOP-2016": "一站式",
    "CQ-COOP-2016": "渝鲁扶贫协作|就业信息对接|订单式培训",
    "CQ-CAMP-2016": "贫困人员就业服务展台|一对一|点对点",
    "CQ-BASEPLAT-2016": "2020年底前|18个贫困区县",
    "CQ-TALENT-2016": "定向考录",
    "CQ-REG-2016": "核实身份",
    "DY-TRAINALLOW-2021": "生活费补贴|含交通费",
    "DY-TECHSCHOOL-2021": "免学费|助学金|生活补助",
    "DY-PWJ-2021": "优先安置|乡村就业困难群体",
    "DY-PWJDUTY-2021": "不上岗领补贴|纠正",
    "DY-RELOC-2021": "至少有一人实现就业",
    "DY-STABLE-2021": "依法签订|劳动合同|参加社会保险|按时足额发放劳动报酬|优先留用",
    "DY-REEMP-2021": "优先提供转岗服务|职业指导|职业介绍",
    "DY-STARTUP-2021": "税费减免|场租补贴|创业担保贷款及贴息|一次性创业补贴|创业培训",
    "DY-ENTINC-2021": "社保补贴|培训补贴|失业保险稳岗返还|吸纳就业补贴",
    "DY-FLEX-2021": "灵活就业|税费减免|社保补贴",
    "DY-WORKRELIEF-2021": "以工代赈|农业农村基础设施|劳务报酬",
    "DY-PENSIONPAY-2021": "16-59周岁|低保对象|特困人员|代缴|自愿缴费|核实",
    "DY-PENSION60-2021": "60周岁|养老待遇",
    "DY-STATION-2021": "劳务输出服务联络站|娘家人",
    "DY-TALENT-2021": "三支一扶|支教、支医、支农和扶贫服务",
    "DY-TITLE-2021": "可提前1年|满15年|满25年|降低一个学历等次",
}
# All that the two documents say in money; the excerpt's sums stand on an officers' card only.
SUMS = {
    "CQ-YULU-2016": {"3000元", "6000元"},
    "CQ-MEDMAJOR-2016": {"20万元"},
    "CQ-TRANSPORT-2022": {"50元", "200元"},
}
SUM = re.compile(r"\d+(?:\.\d+)?万?元")
PROMISE = re.compile(r"(?<!不)(?<!不是)保证(?!有|一|进|。)|肯定给|一定给|包你|必须给")


def everything(card: PolicyCard) -> str:
    return "\n".join((card.title, *card.chat, *card.full()))


@pytest.mark.parametrize(("city", "subjects"), [("CQ", CHONGQING), ("DY", DEYANG)])
def test_every_clause_of_a_city_has_its_card(
    library: PolicyLibrary, city: str, subjects: str
) -> None:
    found = {card.mechanism.removeprefix("P-") for card in library.of(city, TODAY)}
    assert found == set(subjects.split())


def test_no_card_of_the_package_counts_as_reviewed(library: PolicyLibrary) -> None:
    assert {card.status for card in library.cards()} == {ReviewStatus.UNREVIEWED}
    assert not any(card.is_in_force for card in library.cards())


@pytest.mark.parametrize("card_id", TERMS)
def test_the_short_answer_carries_the_words_of_the_counter(
    library: PolicyLibrary, card_id: str
) -> None:
    card = library.card(card_id)
    assert card is not None
    said = "\n".join(card.chat)
    assert [term for term in TERMS[card_id].split("|") if term not in said] == []


def test_a_sum_is_named_only_where_the_clause_names_one(library: PolicyLibrary) -> None:
    named = {card.id: set(SUM.findall(everything(card))) for card in library.cards()}
    assert {card_id: sums for card_id, sums in named.items() if sums} == SUMS


def test_a_card_that_names_no_sum_says_so(library: PolicyLibrary) -> None:
    silent = [card.id for card in library.cards() if "amount" in card.leaves_out]
    unsaid = re.compile("没写|没有写|没细写")
    cards = [library.card(card_id) for card_id in silent]
    assert [it.id for it in cards if it and not unsaid.search(it.how_much + it.not_covered)] == []


def test_no_card_promises_anything(library: PolicyLibrary) -> None:
    assert [card.id for card in library.cards() if PROMISE.search(everything(card))] == []


def test_a_chat_line_is_short_and_there_are_at_most_four(library: PolicyLibrary) -> None:
    for card in library.cards():
        assert 1 <= len(card.chat) <= 4, card.id
        assert max(map(len, card.chat)) <= 60, card.id


def test_every_card_tells_its_year(library: PolicyLibrary) -> None:
    years = {library.document_of(card).year for card in library.cards()}
    assert years == {2016, 2021, 2022}


def test_documents_nobody_has_read_wait_for_officers(library: PolicyLibrary) -> None:
    waiting = {document.number for document in library.documents.not_held()}
    assert "渝人社〔2022〕281号" in waiting
    assert "国开办发〔2015〕19号" in waiting
    assert {document.id for document in library.documents if document.held} == {
        "cq-2016-295",
        "dy-2021-report",
    }
