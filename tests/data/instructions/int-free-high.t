# vectors
  $ insmod insn.ko what=int n=129
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<0>__common_interrupt: 0.129 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=81 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=130
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.130 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=82 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=131
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.131 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=83 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=132
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.132 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=84 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=133
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.133 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=85 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=134
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.134 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=86 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=135
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.135 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=87 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=136
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.136 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=88 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=137
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.137 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=89 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=138
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.138 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=8a moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=139
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=8b moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=140
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=8c moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=141
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=8d moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=142
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<4>__common_interrupt: 3 callbacks suppressed
  k|<0>__common_interrupt: 0.142 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=8e moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=143
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.143 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=8f moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=144
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.144 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=90 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=145
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.145 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=91 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=146
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.146 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=92 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=147
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.147 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=93 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=148
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.148 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=94 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=149
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.149 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=95 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=150
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.150 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=96 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=151
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.151 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=97 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=152
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.152 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=98 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=153
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.153 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=99 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=154
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.154 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=9a moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=155
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.155 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=9b moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=156
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.156 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=9c moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=157
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.157 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=9d moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=158
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.158 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=9e moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=159
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.159 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=9f moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=160
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.160 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a0 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=161
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.161 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a1 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=162
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.162 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a2 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=163
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.163 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a3 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=164
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.164 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a4 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=165
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.165 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a5 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=166
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.166 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a6 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=167
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.167 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a7 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=168
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.168 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a8 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=169
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.169 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=a9 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=170
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.170 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=aa moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=171
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.171 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=ab moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=172
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.172 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=ac moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=173
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.173 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=ad moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=174
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.174 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=ae moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=175
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.175 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=af moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=176
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.176 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b0 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=177
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.177 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b1 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=178
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.178 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b2 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=179
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.179 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b3 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=180
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.180 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b4 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=181
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.181 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b5 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=182
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.182 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b6 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=183
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.183 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b7 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=184
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.184 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b8 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=185
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.185 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=b9 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=186
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.186 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=ba moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=187
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.187 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=bb moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=188
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.188 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=bc moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=189
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.189 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=bd moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=190
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.190 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=be moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=191
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.191 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=bf moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=192
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.192 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c0 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=193
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.193 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c1 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=194
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.194 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c2 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=195
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.195 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c3 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=196
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.196 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c4 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=197
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.197 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c5 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=198
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.198 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c6 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=199
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.199 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c7 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=200
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.200 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c8 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=201
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.201 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=c9 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=202
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.202 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=ca moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=203
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.203 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=cb moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=204
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.204 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=cc moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=205
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.205 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=cd moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=206
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.206 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=ce moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=207
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.207 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=cf moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=208
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.208 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d0 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=209
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.209 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d1 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=210
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.210 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d2 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=211
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.211 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d3 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=212
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.212 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d4 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=213
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.213 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d5 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=214
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.214 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d6 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=215
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.215 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d7 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=216
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.216 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d8 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=217
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.217 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=d9 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=218
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.218 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=da moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=219
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.219 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=db moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=220
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.220 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=dc moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=221
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.221 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=dd moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=222
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.222 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=de moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=223
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.223 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=df moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=224
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.224 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e0 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=225
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.225 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e1 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=226
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.226 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e2 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=227
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.227 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e3 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=228
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.228 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e4 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=229
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.229 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e5 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=230
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.230 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e6 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=231
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.231 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e7 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=232
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.232 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e8 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=233
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.233 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=e9 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=234
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.234 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=ea moved=0 area=0 0
  [1]
