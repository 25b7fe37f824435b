"""Labels of complaints: where they stand, how they came, what is offered, and what each step asks for."""

COMPLAINT = {
    "complaint_state": {
        "opened": ("待接手", "待接手", "New"),
        "acknowledged": ("调查中", "調查中", "Being investigated"),
        "investigated": ("待客户确认", "待客戶確認", "Waiting for the customer"),
        "confirmed": ("执行中", "執行中", "Being carried out"),
        "executed": ("待告知结果", "待告知結果", "Result to be told"),
        "closed": ("已结案", "已結案", "Closed"),
    },
    "complaint_channel": {
        "phone": ("电话", "電話", "Phone"),
        "on_site": ("现场", "現場", "On site"),
        "message": ("消息或邮件", "訊息或郵件", "Message or mail"),
        "letter": ("书面", "書面", "Letter"),
        "visit": ("来访", "來訪", "At our office"),
        "callback": ("回访", "回訪", "Callback"),
    },
    "complaint_solution": {
        "repair": ("维修", "維修", "Repair"),
        "exchange": ("换货", "換貨", "Exchange"),
        "return": ("退货", "退貨", "Return"),
        "compensation": ("赔偿", "賠償", "Compensation"),
        "explanation": ("解释说明", "解釋說明", "Explanation"),
    },
    "complaint_step": {
        "acknowledge": ("接手处理", "接手處理", "Take it on"),
        "investigate": ("调查并答复客户", "調查並答覆客戶", "Investigate and answer"),
        "confirm": ("征得客户同意", "徵得客戶同意", "Get the customer's agreement"),
        "execute": ("执行方案", "執行方案", "Carry the solution out"),
        "close": ("结案", "結案", "Close"),
        "give_up": ("联系不上客户，结案", "聯繫不上客戶，結案", "Close without the customer"),
    },
    "complaint_guard": {
        "handler": ("指定一名负责人", "指定一名負責人", "Name one person who handles it"),
        "finding": ("写下调查情况", "寫下調查情況", "Write down what was found"),
        "solution": ("选择处理方案", "選擇處理方案", "Choose a solution"),
        "confirmed_by": ("写下同意方案的客户姓名", "寫下同意方案的客戶姓名", "Say who of the customer agreed"),
        "root_cause": ("写下根本原因", "寫下根本原因", "Write down the root cause"),
        "prevention": ("写下预防措施", "寫下預防措施", "Write down how it is prevented"),
        "told": (
            "告知客户结果并记录满意度，或记录联系经过",
            "告知客戶結果並記錄滿意度，或記錄聯繫經過",
            "Tell the customer the result and note how content he is, or note how you tried",
        ),
        "attempted": ("记录联系客户的经过", "記錄聯繫客戶的經過", "Note how you tried to reach the customer"),
    },
}
