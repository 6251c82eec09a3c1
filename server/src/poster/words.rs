//! The poster's own words; what is voted on comes from the vote.

use contract::Locale;

/// One step of how to vote.
pub(super) struct Step {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
}

/// The words of one language.
pub(super) struct Words {
    pub(super) brand: &'static str,
    /// Four characters or two short words inside the seal.
    pub(super) seal: [&'static str; 2],
    pub(super) scan: &'static str,
    pub(super) steps: [Step; 3],
    pub(super) typed: &'static str,
    pub(super) caution: &'static str,
}

/// The words in a language.
pub(super) fn of(locale: Locale) -> &'static Words {
    match locale {
        Locale::ZhCn => &CHINESE,
        Locale::En => &ENGLISH,
    }
}

static CHINESE: Words = Words {
    brand: "HS慧力生活",
    seal: ["业主", "投票"],
    scan: "微信或手机相机，对准扫一扫",
    steps: [
        Step { title: "扫码", text: "打开微信“扫一扫”或手机相机，对准上面的二维码。" },
        Step { title: "登录", text: "输入登记的手机号和短信验证码，系统核对业主名册。" },
        Step { title: "投票", text: "选好候选人，核对后确认，请保存回执。" },
    ],
    typed: "扫不了？在“扫一扫”页输入编码",
    caution: "本码只用于打开投票页面，不会要求转账、付款或提供银行卡信息。如有疑问，请到社区居委会咨询。",
};

static ENGLISH: Words = Words {
    brand: "HS慧力生活",
    seal: ["VOTE", "HERE"],
    scan: "Scan with WeChat or your camera",
    steps: [
        Step { title: "Scan", text: "Point WeChat or your camera at the code." },
        Step { title: "Sign in", text: "Enter your phone number and the code we text you." },
        Step { title: "Vote", text: "Choose, review and confirm. Keep your receipt." },
    ],
    typed: "Cannot scan? Type this code on the Scan page",
    caution: "This code only opens the ballot. It never asks for money or bank details. Questions? Visit the community office.",
};
