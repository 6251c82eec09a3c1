//! Counties, towns and the pilot's communities of Huangshan, with their official codes (GB/T 2260,
//! statistical codes of towns: 街道 from 001, 镇 from 100, 乡 from 200).

/// A county: its code below the city's, its name, its streets by kind.
pub struct County {
    /// The last two digits of the six.
    pub code: &'static str,
    /// The name.
    pub name: &'static str,
    /// 街道, without that word.
    pub streets: &'static str,
    /// 镇, without that word.
    pub towns: &'static str,
    /// 乡, without that word.
    pub townships: &'static str,
}

/// The seven counties.
pub const COUNTIES: [County; 7] = [
    County {
        code: "02",
        name: "屯溪区",
        streets: "昱东 昱中 昱西 老街",
        towns: "屯光 阳湖 黎阳 新潭 奕棋",
        townships: "",
    },
    County {
        code: "03",
        name: "黄山区",
        streets: "",
        towns: "甘棠 仙源 汤口 谭家桥 太平湖 焦村 耿城 三口 乌石",
        townships: "新明 永丰 龙门 新华 新丰",
    },
    County {
        code: "04", name: "徽州区", streets: "", towns: "岩寺 西溪南 潜口 呈坎", townships: "洽舍 杨村 富溪"
    },
    County {
        code: "21",
        name: "歙县",
        streets: "",
        towns: "徽城 深渡 北岸 富堨 郑村 桂林 许村 溪头 杞梓里 霞坑 岔口 街口 王村 雄村 三阳",
        townships: "坑口 上丰 昌溪 武阳 金川 小川 新溪口 璜田 长陔 森村 绍濂 石门 狮石",
    },
    County {
        code: "22",
        name: "休宁县",
        streets: "",
        towns: "海阳 齐云山 万安 五城 东临溪 蓝田 溪口 流口 汪村 商山",
        townships: "山斗 岭南 渭桥 板桥 陈霞 鹤城 源芳 榆村 龙田 璜尖 白际",
    },
    County {
        code: "23", name: "黟县", streets: "", towns: "碧阳 宏村 渔亭 西递 柯村", townships: "美溪 宏潭 洪星"
    },
    County {
        code: "24",
        name: "祁门县",
        streets: "",
        towns: "祁山 小路口 金字牌 平里 历口 闪里 安凌 凫峰 塔坊 新安",
        townships: "大坦 柏溪 祁红 溶口 芦溪 渚口 古溪 箬坑",
    },
];

impl County {
    /// Its streets with three-digit codes and full names, in order.
    pub fn all_streets(&self) -> Vec<(String, String)> {
        [(1, self.streets, "街道"), (100, self.towns, "镇"), (200, self.townships, "乡")]
            .into_iter()
            .flat_map(|(first, names, kind)| {
                names.split_whitespace().zip(first..).map(move |(name, n)| (format!("{n:03}"), format!("{name}{kind}")))
            })
            .collect()
    }
}

/// A community of the pilot.
pub struct Featured {
    /// County's code, street's code, its own.
    pub path: [&'static str; 3],
    /// The name.
    pub name: &'static str,
    /// People out of the 13,000 of a demo city of usual size.
    pub people: u64,
    /// Its named compounds, in order; further ones are made up.
    pub compounds: &'static [Named],
}

/// A compound as it is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// The numbers of its buildings.
    pub buildings: &'static [u32],
    /// Units of each.
    pub units: u32,
    /// Floors of each.
    pub floors: u32,
    /// Doors on each floor of a unit.
    pub doors: u32,
}

/// 龙北小区, where the demo's votes are. Like many compounds it has no 4 幢.
pub const LONGBEI: Named =
    Named { name: "龙北小区", buildings: &[1, 2, 3, 5, 6, 7], units: 3, floors: 11, doors: 3 };

/// The communities of the pilot, 龙北社区 first.
pub const FEATURED: [Featured; 10] = [
    Featured { path: ["03", "100", "004"], name: "龙北社区", people: 3_000, compounds: &[LONGBEI] },
    Featured {
        path: ["03", "100", "002"],
        name: "芙蓉社区",
        people: 1_700,
        compounds: &[Named { name: "北海公馆", buildings: &[1, 2, 3, 5, 6, 8], units: 2, floors: 11, doors: 2 }],
    },
    Featured { path: ["03", "100", "003"], name: "龙西社区", people: 1_200, compounds: &[] },
    Featured { path: ["03", "100", "005"], name: "平东社区", people: 1_100, compounds: &[] },
    Featured { path: ["02", "004", "003"], name: "柏山社区", people: 1_500, compounds: &[] },
    Featured {
        path: ["22", "100", "002"],
        name: "南城社区",
        people: 1_500,
        compounds: &[Named { name: "南城御景", buildings: &[1, 2, 3, 5, 6, 7, 8], units: 2, floors: 9, doors: 2 }],
    },
    Featured { path: ["23", "100", "001"], name: "碧阳社区", people: 900, compounds: &[] },
    Featured { path: ["21", "100", "001"], name: "紫阳社区", people: 900, compounds: &[] },
    Featured { path: ["04", "100", "001"], name: "文峰社区", people: 600, compounds: &[] },
    Featured { path: ["24", "100", "001"], name: "阊江社区", people: 600, compounds: &[] },
];

/// Places as they are common in the hills, for communities and villages that are made up.
pub const PLACES: [&str; 40] = [
    "新安", "率水", "横江", "练江", "丰乐", "竹溪", "梅溪", "桃源", "云谷", "松谷", "九龙", "郭村", "岭脚", "河西",
    "河东", "东坑", "西坑", "大源", "小源", "长源", "江村", "胡村", "程村", "吴山", "金山", "石桥", "柏树", "茶园",
    "上坦", "下坦", "前山", "后山", "双溪", "中洲", "塘坞", "枫林", "银杏", "瓦上", "祠堂", "文昌",
];

/// What made-up compounds are called after their community.
pub const COMPOUNDS: [&str; 8] = ["小区", "花园", "新村", "家园", "佳苑", "公寓", "名邸", "雅居"];
