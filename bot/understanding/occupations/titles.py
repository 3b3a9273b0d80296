"""Strip a job title of what is no occupation: pay, board, hours, numbers, brackets, firms."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 300
_BRACKETS = re.compile(r"[(\[【「《{<][^()\[\]【】「」《》{}<>]*(?:[)\]】」》}>]|$)")
_JOB_NUMBER = re.compile(r"\(?\b[a-z]{1,3}\d{3,}\b\)?")
_NUMBERS = re.compile(
    r"[一二两三四五六七八九十]+(?:[千百][一二三四五六七八九]?[元块]?|个人|[名人])"
    r"|\d+(?:\.\d+)?\s*(?:[-~至到]\s*\d+(?:\.\d+)?)?\s*(?:[kw万千百元块]|小时|[名人位届天险薪岁])*(?:/[月天日时年])?[+以上左右]*"
)
# A firm in front, as aggregators write it: 某某餐饮管理有限公司招聘服务员.
_FIRM = re.compile(
    r"^\S{2,}?(?:诚聘|急聘|直聘|招聘|急招|诚招|招(?!聘))"
    r"(?!专员|助理|主管|经理|顾问|师|员|总监|实习|培训|运营|负责|商|生|标|投|采|募|财)(?=\S{2})"
)
_SIGNS = re.compile(r"[^0-9a-z/\u4e00-\u9fff]+")
_LETTER = re.compile(r"[a-z\u4e00-\u9fff]")
_NOISE_WORDS = (
    "包吃包住 包吃住 包住宿 包食宿 包吃 包住 管吃管住 管吃住 管吃 管住 提供食宿 提供住宿 含食宿 "
    "吃住全包 免费住宿 免费食宿 有住宿 带住宿 食宿 不包 五险一金 六险一金 五险二金 六险二金 "
    "五险 六险 社保 公积金 缴纳 入职即缴 入职即买 入职 即转正 转正 高薪诚聘 高薪急聘 高薪急招 "
    "高薪招聘 高薪 急招 急聘 急需 诚聘 诚招 直招 直聘 招收 招募 聘请 招人 长期招 大量招 大量 "
    "长白班 白班 夜班 晚班 早班 早晚班 两班倒 三班倒 双休 单休 大小周 月休 做六休一 做五休二 "
    "上四休二 上六休一 做一休一 上二休一 朝九晚六 朝九晚五 朝九 晚六 晚五 不加班 不熬夜 不倒班 "
    "包培训 带薪培训 带薪 免费培训 可学徒 无经验 有经验 不限经验 经验不限 接受小白 小白可做 可小白 "
    "无需经验 零基础 接受应届生 应届生 应届 高提成 无责底薪 无责 底薪 保底 提成 月薪 日薪 日结 "
    "周结 月结 年薪 时薪 薪资 工资 待遇优厚 待遇优 待遇 月入 过万 上万 轻松 就近分配 就近安排 "
    "就近 上班 下午茶 十三薪 年终奖 餐补 房补 饭补 补贴 双薪 福利好 福利 兼职 全职 暑假工 寒假工 "
    "小时工 长期 短期 稳定 国企 央企 上市公司 有限责任公司 股份有限公司 有限公司 集团 公司 若干名 "
    "若干 数名 多名 名额 晋升空间大 晋升 空间大 发展空间 可居家 居家 不打卡 不坐班 绝不考证 全国 "
    "全市 坐班 男女不限 年龄不限 学历不限 无销售 非销售 无业绩 不出脸 工作地点 工作地 地点 免费 "
    "欢迎 加入 优先 不收押金 押金 离家近 可预支 当天结算 可日结"
)
_NOISE = re.compile("|".join(sorted(_NOISE_WORDS.split(), key=len, reverse=True)))
_PLACES = (
    "北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 "
    "广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 广州 深圳 东莞 佛山 惠州 "
    "中山 珠海 汕头 江门 杭州 宁波 温州 嘉兴 义乌 绍兴 金华 台州 湖州 苏州 南京 无锡 常州 昆山 "
    "南通 徐州 扬州 镇江 盐城 泰州 合肥 芜湖 福州 厦门 泉州 晋江 漳州 南昌 赣州 济南 青岛 烟台 "
    "潍坊 临沂 郑州 洛阳 武汉 襄阳 宜昌 长沙 株洲 衡阳 成都 德阳 绵阳 广汉 什邡 绵竹 中江 罗江 "
    "旌阳 万州 涪陵 渝北 九龙坡 沙坪坝 江津 永川 合川 贵阳 遵义 昆明 西安 咸阳 兰州 太原 石家庄 "
    "保定 唐山 廊坊 沈阳 大连 长春 哈尔滨 南宁 柳州 桂林 海口 三亚 乌鲁木齐 呼和浩特 银川 西宁 拉萨"
)
_PLACE = re.compile(f"(?:{'|'.join(_PLACES.split())})(?:省|市|区|县)?")


def clean_title(title: str) -> str:
    """Return the words of a title that can name an occupation, single spaces between them.

    Compatibility forms are folded and letters are small. A kind of noise is kept where nothing
    would be left without it (高薪 stays 高薪), so the result is empty only if the title has
    neither a letter nor a Chinese character. Only the first 300 characters are read.
    """
    whole = unicodedata.normalize("NFKC", title[:_LONGEST]).lower()[:_LONGEST]
    text = _SIGNS.sub(" ", whole).strip()
    if not _LETTER.search(text):
        return ""
    left = whole
    for noise in (_JOB_NUMBER, _BRACKETS, _FIRM, _NOISE, _PLACE, _NUMBERS):
        left = _without(left, noise)
    return " ".join(_SIGNS.sub(" ", left).strip(" /").split())


def _without(text: str, noise: re.Pattern[str]) -> str:
    shorter = noise.sub(" ", text)
    return shorter if _LETTER.search(shorter) else text
