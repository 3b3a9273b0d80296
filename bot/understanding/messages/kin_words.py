"""Words for relatives and friends, and the sex that each tells."""

from __future__ import annotations

from bot.understanding.values import Gender

_MALE = (
    "小舅子 舅子老倌 舅子 姑爷 妹夫 姐夫 姑父 姨父 老公公 公公 老丈人 岳父 老公 男人 "
    "当家的 老汉 老汉儿 父亲 爸 爸爸 老爸 爹 老爹 "
    "老头子 老头 老头儿 幺儿 幺娃 儿 儿子 娃儿子 崽 崽崽 哥 哥哥 老哥 兄弟 弟 弟弟 "
    "老弟 弟娃 弟娃儿 舅 舅舅 舅老倌 叔 叔叔 幺爸 伯 伯伯 "
    "伯父 大爷 女婿 爷爷 外公 孙子 外孙 侄儿 侄儿子 侄子 侄娃子 外甥 大叔 大哥 小伙子 "
    "大伯 二伯 老幺爸 哥老倌 哥子 老倌 老倌儿 舅公 姑爹 姨爹 姨爷 叔公 大舅子 小叔子 表弟 表哥 "
    "表叔 堂弟 堂哥 继父 后爸 干爹 亲家公 娃儿舅 大儿 二儿 小儿子 养子 徒儿子 大兄弟 小弟"
)
_FEMALE = (
    "小姨子 姨妹 婆娘 老婆 媳妇 媳妇儿 兄弟媳妇 侄儿媳妇 侄媳妇 孙媳妇 儿媳 儿媳妇 "
    "堂客 女人 妈 妈妈 老妈 老妈子 母亲 娘 老娘 嫂子 嫂嫂 嫂 弟媳 "
    "弟媳妇 弟妹 姐 姐姐 老姐 妹 妹妹 妹儿 妹子 妹崽 女 女儿 幺女 闺女 丫头 姑娘 女子 "
    "女娃子 女娃儿 女娃 姑姑 姑妈 姑 嬢嬢 嬢 孃孃 娘娘 姨 "
    "姨妈 姨娘 舅妈 舅母 舅娘 婶婶 婶子 婶 伯娘 伯母 奶奶 外婆 婆婆 孙女 孙女儿 外孙女 "
    "侄女 侄女儿 外甥女 屋里头的 丈母娘 岳母 大姐 大妈 大娘 阿姨 干妈 老太婆 "
    "幺妹 幺妹儿 幺姑 幺嬢 幺姨 幺婶 二姨 大姨 大姨子 姑婆 姨婆 舅婆 外侄女 继女 继母 后妈 干女儿 "
    "亲家母 老娘子 妯娌 小姑子 大姑子 表妹 表姐 表嫂 堂妹 堂姐 堂嫂 大嫂 二嫂 小妹 姐子 孙女子"
)
_EITHER = (
    "老乡 朋友 亲戚 邻居 娃儿 娃娃 娃 孩子 细娃 伢 伢子 两口子 夫妻 老表 老伴 老伴儿 "
    "对象 那口子 内口子 屋头那个 屋里那个 同学 工友 徒弟 亲家 屋里人 小孩 "
    "侄孙 院子头的 老大 老二 老三 老幺 屋头老二 老李 老王 老张 老陈 老刘 老杨 老赵 "
    "老黄 老周 老吴 老徐 老孙 老胡 老朱 老高 老林 老何 老郭 老马 老罗"
)
_FATHERS = "爸 爹 老汉 舅 舅舅 叔 爷爷 外公 大伯"
_MOTHERS = "妈 娘 姑 姨 嬢嬢 奶奶 外婆 婆婆 舅妈"
SEX: dict[str, Gender | None] = dict.fromkeys(_EITHER.split())
SEX |= dict.fromkeys(_MALE.split(), "male")
SEX |= dict.fromkeys(_FEMALE.split(), "female")
# 娃儿他爸, 孩子妈: named after the child.
PARENTS: dict[str, Gender] = dict.fromkeys(_FATHERS.split(), "male")
PARENTS |= dict.fromkeys(_MOTHERS.split(), "female")
# A word of one sign counts only behind 我, 俺 and their like, and not before these.
NOT_BEHIND = {
    "女": "[的人性士娃婿儿]",
    "男": "[的人性士]",
    "儿": "[子媳女童]",
    "娘": "[屋家]",
    "妹": "[夫]",
    "姐": "[夫]",
    "姑": "[爷]",
    "老": ".",
}
