"""Labels of customers, machines and users."""

PEOPLE = {
    "role": {
        "engineer": ("服务工程师", "服務工程師", "Engineer"),
        "dispatcher": ("调度员", "調度員", "Dispatcher"),
        "supervisor": ("服务主管", "服務主管", "Supervisor"),
        "admin": ("系统管理员", "系統管理員", "Administrator"),
        "system": ("系统", "系統", "System"),
    },
    "locale": {
        "zh-CN": ("简体中文", "簡體中文", "Simplified Chinese"),
        "zh-TW": ("繁体中文", "繁體中文", "Traditional Chinese"),
        "en": ("英文", "英文", "English"),
    },
    "customer_kind": {
        "company": ("企业", "企業", "Company"),
        "institution": ("事业单位", "公家機構", "Institution"),
        "person": ("个人", "個人", "Person"),
        "dealer": ("经销商", "經銷商", "Dealer"),
    },
    "contact_role": {
        "operator": ("操作人员", "操作人員", "Operator"),
        "manager": ("负责人", "負責人", "Manager"),
        "signatory": ("签字人", "簽署人", "Signatory"),
    },
    "region_band": {
        "city": ("市区", "市區", "City"),
        "surroundings": ("周边", "周邊", "Surroundings"),
        "other_provinces": ("外省", "外縣市", "Other provinces"),
        "remote": ("偏远地区", "偏遠地區", "Remote"),
    },
    "ownership": {
        "rented": ("租赁", "租賃", "Rented"),
        "sold": ("已售", "已售", "Sold"),
        "customer": ("客户自有", "客戶自有", "Customer's own"),
    },
    "condition": {
        "good": ("完好", "完好", "Good"),
        "impaired": ("带病运行", "帶病運轉", "Impaired"),
        "down": ("停机", "停機", "Down"),
    },
}
